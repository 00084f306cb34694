//! The numbers here were computed by another implementation of the cipher.

use proptest::prelude::*;

use super::*;

#[test]
fn streams_are_what_they_always_were() {
    let first = |mut rng: Random| [(); 4].map(|()| rng.next_u64());
    let cases = [
        (
            random(0, 0),
            [
                0x3feb_e7d0_52d7_6565,
                0x519d_89fd_b939_a805,
                0x5eec_aa33_8221_96c6,
                0x9ad0_74f9_4e28_f793,
            ],
        ),
        (
            random(7, 3),
            [
                0x5dd9_1722_e82b_9a95,
                0xc706_a659_d227_93a5,
                0x8a0a_ad23_f18c_e42d,
                0x5713_aa35_bc56_5050,
            ],
        ),
        (
            random(u64::MAX, u64::MAX),
            [
                0x27cd_e54b_8991_d8ca,
                0x792c_6083_dac9_5d00,
                0xbbba_7cbd_33fe_29d9,
                0xc955_ceb2_b3a4_6543,
            ],
        ),
        (
            random(7, -3),
            [
                0x6e4b_a2d8_15d3_db6b,
                0xe5cf_762e_63c5_cfd0,
                0xc95d_9669_58c7_7d06,
                0x4220_8f07_a6f3_9c08,
            ],
        ),
        (
            random(7, (1, 2)),
            [
                0x464c_6873_899c_ed6c,
                0xb53e_1f0c_53b6_80ad,
                0x50df_68a8_7614_70d6,
                0xd8d5_c70c_7f7b_c1e9,
            ],
        ),
        (
            random(7, (-1, 2, -3)),
            [
                0x4cb1_784c_bba8_55d2,
                0x08fe_ba91_7799_f2a4,
                0xe577_6317_ccbb_5287,
                0x43e8_16fd_51c6_0f46,
            ],
        ),
        (
            random(7, i64::MIN),
            [
                0xe10e_234b_509d_cc96,
                0xacc5_64a3_bf99_6fc8,
                0x348d_7622_df3b_eff0,
                0xd417_3a60_ceb9_6733,
            ],
        ),
    ];
    for (rng, expected) in cases {
        assert_eq!(first(rng), expected);
    }
}

#[test]
fn a_stream_goes_on_behind_its_buffer() {
    let mut rng = random(7, 3);
    let numbers: Vec<u64> = (0..100).map(|_| rng.next_u64()).collect();
    assert_eq!(numbers[32], 0x94bd_66a8_be01_c391);
    assert_eq!(numbers[99], 0x3789_127f_0814_9a0c);
}

#[test]
fn what_is_made_of_the_bits_is_what_it_always_was() {
    let mut rng = random(7, 3);
    assert_eq!(
        rng.next_f64().to_bits(),
        0.366_593_786_260_791_87_f64.to_bits()
    );
    assert_eq!(rng.below(1000), 777);
    assert_eq!(rng.bytes(), [0x2d, 0xe4, 0x8c, 0xf1, 0x23]);
}

#[test]
fn all_numbers_below_an_end_are_equally_likely() {
    // Of 2⁶⁴ numbers, a third of these would be drawn twice as often as the others.
    let end = 3 << 62;
    let mut rng = random(1, 0);
    let low = (0..3000).filter(|_| rng.below(end) < 1 << 62).count();
    assert!((900..1100).contains(&low), "{low}");
    assert!((0..100).all(|_| rng.below(1) == 0));
}

#[test]
#[should_panic(expected = "no number is below 0")]
fn no_number_is_below_0() {
    let _ = random(0, 0).below(0);
}

proptest! {
    #[test]
    fn numbers_are_in_their_ranges(seed in any::<u64>(), i in any::<i64>(), end in 1..=u64::MAX) {
        let mut rng = random(seed, i);
        prop_assert!(rng.below(end) < end);
        prop_assert!((0.0..1.0).contains(&rng.next_f64()));
    }
}
