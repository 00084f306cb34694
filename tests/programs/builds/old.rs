//! The build that one node still has.

type Count = u16;

macro_rules! function_code {
    () => {
        #[parallel_for]
        fn code(n: u8) -> usize {
            let mut numbers = Vec::new();
            for i in 0..n {
                numbers.push(i + 1);
            }
            numbers.len()
        }
    };
}

include!("simulation.rs");
