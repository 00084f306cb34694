use parallel_for::parallel_for;

struct Sample(u64);

#[parallel_for(on_error = retry(2))]
fn f(samples: Vec<Sample>) -> Vec<u64> {
    let mut results = Vec::new();
    for sample in samples {
        results.push(sample.0);
    }
    results
}

struct Part<'a>(&'a mut [u64]);

#[parallel_for(on_error = skip, local)]
fn g(parts: Vec<Part<'_>>) -> Vec<u64> {
    let mut results = Vec::new();
    for part in parts {
        part.0[0] = 1;
        results.push(part.0[1]);
    }
    results
}

fn main() {}
