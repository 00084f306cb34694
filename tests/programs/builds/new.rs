//! The build that the other nodes have.

type Count = f64;

macro_rules! function_code {
    () => {
        #[parallel_for]
        fn code(n: u8) -> usize {
            let mut numbers = Vec::new();
            for i in 0..n {
                numbers.push(i + 2);
            }
            numbers.len()
        }
    };
}

include!("simulation.rs");
