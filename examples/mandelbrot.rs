//! The Mandelbrot set, row by row: `mandelbrot [OUT.png [WIDTH HEIGHT]]`.
//!
//! Rows through the middle of the set take far longer than those at the edge, so a fixed share
//! of rows per rank would leave most of them waiting; the loop balances that by itself.
//!
//! ```sh
//! cargo run --release --bin mandelbrot
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/mandelbrot set.png 3840 2160
//! ```

use std::env;
use std::fs::File;
use std::io::BufWriter;
use std::process::ExitCode;

use parallel_for::parallel_for;

#[parallel_for]
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (path, width, height) = match parse(&arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            eprintln!("mandelbrot: {error}\nusage: mandelbrot [OUT.png [WIDTH HEIGHT]]");
            return ExitCode::FAILURE;
        }
    };

    let mut pixels = Vec::new();
    for row in 0..height {
        let y = (f64::from(row) + 0.5) / f64::from(height) * 2.4 - 1.2;
        for column in 0..width {
            let x = (f64::from(column) + 0.5) / f64::from(width) * 3.6 - 2.55;
            pixels.push(shade(x, y));
        }
    }

    if let Err(error) = write_png(path, width, height, &pixels) {
        eprintln!("mandelbrot: {path}: {error}");
        return ExitCode::FAILURE;
    }
    println!(
        "{width} × {height} pixels, checksum {:016x}",
        fnv1a(&pixels)
    );
    ExitCode::SUCCESS
}

fn parse(arguments: &[String]) -> Result<(&str, u32, u32), String> {
    match arguments {
        [] => Ok(("mandelbrot.png", 960, 640)),
        [path] => Ok((path, 960, 640)),
        [path, width, height] => Ok((path, length(width)?, length(height)?)),
        _ => Err("too many arguments, or a width without a height".to_owned()),
    }
}

fn length(argument: &str) -> Result<u32, String> {
    match argument.parse() {
        Ok(length @ 1..=65_535) => Ok(length),
        _ => Err(format!(
            "`{argument}` is not a length in pixels (1 to 65535)"
        )),
    }
}

/// White far outside, darker the longer `c = x + iy` takes to escape, black if it never does.
fn shade(x: f64, y: f64) -> u8 {
    let (mut re, mut im) = (0.0, 0.0);
    for step in 0..1000_u32 {
        if re * re + im * im > 4.0 {
            let darkness = u8::try_from(4 * step).unwrap_or(u8::MAX);
            return u8::MAX - darkness.min(220);
        }
        (re, im) = (re * re - im * im + x, 2.0 * re * im + y);
    }
    0
}

fn write_png(path: &str, width: u32, height: u32, pixels: &[u8]) -> Result<(), png::EncodingError> {
    let file = BufWriter::new(File::create(path)?);
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(pixels)
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
