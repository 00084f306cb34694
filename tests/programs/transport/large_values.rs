//! Single values and slices of more than 2 GiB between two ranks, where counts that are C ints would
//! overflow.

use parallel_for::Error;

/// Not a whole number of frames.
const LENGTH: usize = (2 << 30) + 12_345;

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    if world.rank() == 1 {
        world.send(0, &"z".repeat(LENGTH))?;
    } else {
        let text: String = world.receive(1)?;
        println!(
            "a text of {} bytes, all z: {}",
            text.len(),
            text.bytes().all(|b| b == b'z')
        );
    }
    let mine = vec![if world.is_master() { 1_u8 } else { 2 }; LENGTH];
    let slices = world.gather_slice(0, &mine)?;
    drop(mine);
    if let Some(slices) = slices {
        let same = |rank: usize| slices[rank].iter().all(|&b| usize::from(b) == rank + 1);
        println!(
            "slices of {:?} bytes, as sent: {}",
            slices.iter().map(<[u8]>::len).collect::<Vec<_>>(),
            same(0) && same(1)
        );
    }
    Ok(())
}
