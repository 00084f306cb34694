#![doc = include_str!("../docs/limits.md")]
