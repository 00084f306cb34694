//! Statements in the order of the items that stand in `unsafe` blocks of the user's.

#![deny(unused_unsafe, unsafe_op_in_unsafe_fn)]
#![allow(
    clippy::pedantic,
    clippy::undocumented_unsafe_blocks,
    reason = "the functions are written as users write them"
)]
#![allow(unsafe_code, reason = "what is tested")]

use parallel_for::parallel_for;
use parallel_for_tests::show;

#[derive(Debug)]
struct Image {
    width: usize,
    pixels: Vec<u8>,
}

impl Image {
    fn new(width: usize, height: usize) -> Self {
        let pixels = vec![0; width * height];
        Self { width, pixels }
    }

    /// # Safety
    /// The pixel is one of the image.
    unsafe fn unsafe_put_pixel(&mut self, x: usize, y: usize, value: u8) {
        let at = y * self.width + x;
        unsafe {
            *self.pixels.get_unchecked_mut(at) ^= value;
            let value = *self.pixels.get_unchecked(at);
            *self.pixels.get_unchecked_mut(at) = value.rotate_left(3);
        }
    }

    /// # Safety
    /// The pixel is one of the image.
    unsafe fn unsafe_get_pixel(&self, x: usize, y: usize) -> u8 {
        unsafe { *self.pixels.get_unchecked(y * self.width + x) }
    }
}

#[parallel_for]
fn mapped(image: &Image, height: usize, f: impl Fn(u8) -> u8 + Sync) -> Image {
    let mut out = Image::new(image.width, height);
    for y in 0..height {
        for x in 0..image.width {
            let p = unsafe { image.unsafe_get_pixel(x, y) };
            // SAFETY: both are of the same size.
            unsafe {
                out.unsafe_put_pixel(x, y, f(p));
            }
            if p == 4 {
                unsafe { out.unsafe_put_pixel(x, y, 1) };
            }
        }
    }
    out
}

struct Histogram {
    data: Vec<[u32; 4]>,
    sum: u64,
}

impl Histogram {
    /// # Safety
    /// The pixel is one of the image.
    unsafe fn incr(&mut self, image: &Image, x: usize, y: usize) {
        let pixel = unsafe { image.unsafe_get_pixel(x, y) };
        self.data[usize::from(pixel) % 2][usize::from(pixel / 2) % 4] += 1;
        self.sum = self.sum * 3 % 1_000_003 + u64::from(pixel);
    }

    #[parallel_for]
    fn filled(&mut self, values: &[usize]) -> u32 {
        let mut seen = 0;
        for i in 0..values.len() {
            let value = values[i] % 4;
            unsafe {
                seen |= *values.get_unchecked(i) as u32;
                *self.data[i % 2].get_unchecked_mut(value) += 1;
                if i % 5 == 0 {
                    self.sum += i as u64;
                }
            }
        }
        seen
    }
}

#[parallel_for]
fn histogram(image: &Image, radius: i32) -> (Vec<[u32; 4]>, u64) {
    let mut hist = Histogram {
        data: vec![[0; 4]; 2],
        sum: 1,
    };
    for dy in -radius..(radius + 1) {
        let py = dy.max(0) as usize;
        for dx in -radius..(radius + 1) {
            let px = dx.max(0) as usize;
            unsafe {
                hist.incr(image, px, py);
            }
        }
    }
    (hist.data, hist.sum)
}

/// The way out is in the block, and so is a value that takes it.
#[parallel_for]
fn left(image: &mut Image, texts: &[&str]) -> Result<usize, std::num::ParseIntError> {
    let mut count = 0;
    for text in texts {
        let x: usize = text.parse()?;
        unsafe {
            let value = image_value(x);
            image.unsafe_put_pixel(x % 4, 1, value);
            count += 1;
        }
    }
    Ok(count)
}

/// # Safety
/// None is needed.
unsafe fn image_value(x: usize) -> u8 {
    (x * x) as u8
}

pub(crate) fn main() {
    let mut image = Image::new(7, 6);
    for (i, pixel) in image.pixels.iter_mut().enumerate() {
        *pixel = (i * i) as u8;
    }
    let mut report = vec![format!("{:?}", mapped(&image, 6, |p| p.wrapping_mul(5)))];
    report.push(format!("{:?}", histogram(&image, 3)));
    let mut hist = Histogram {
        data: vec![[1; 4]; 2],
        sum: 0,
    };
    let seen = hist.filled(&[4, 9, 2, 7, 7, 1, 0]);
    report.push(format!("{seen} {:?} {}", hist.data, hist.sum));
    report.push(format!("{:?}", left(&mut image, &["3", "5", "7"])));
    report.push(format!("{:?}", left(&mut image, &["8", "x", "9"])));
    report.push(format!("{image:?}"));
    show(&report);
}
