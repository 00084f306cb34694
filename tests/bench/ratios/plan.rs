//! The workloads with their sizes, who runs them, and what is worth knowing of each.

use parallel_for_tests::Vendor;

use crate::columns::Column;
use crate::contestants::Contestant;

/// A workload of `bench_work` with its size.
#[derive(Debug)]
pub(crate) struct Workload {
    pub(crate) name: &'static str,
    pub(crate) items: u32,
    pub(crate) param: u32,
    /// The contestants without ranks.
    alone: &'static [Contestant],
    /// The numbers of ranks to run under each MPI.
    ranks: &'static [u32],
    pub(crate) columns: &'static [Column],
}

const ALONE: &[Contestant] = &[
    Contestant::Sequential,
    Contestant::Threads(1),
    Contestant::Threads(2),
    Contestant::Rayon(2),
];

const FEW: &[u32] = &[1, 2, 3];

const RATIOS: &[Column] = &[Column::Seconds, Column::PerIdeal, Column::PerRayon];

/// In the order in which they run.
pub(crate) const WORKLOADS: &[Workload] = &[
    Workload {
        name: "tiny",
        items: 1_000_000,
        param: 0,
        alone: ALONE,
        ranks: FEW,
        columns: &[
            Column::Seconds,
            Column::PerIdeal,
            Column::PerRayon,
            Column::NsPerItem,
        ],
    },
    Workload {
        name: "uniform",
        items: 2000,
        param: 300_000,
        alone: ALONE,
        ranks: FEW,
        columns: RATIOS,
    },
    Workload {
        name: "skewed_end",
        items: 400,
        param: 2000,
        alone: ALONE,
        ranks: FEW,
        columns: RATIOS,
    },
    Workload {
        name: "skewed_rand",
        items: 400,
        param: 2000,
        alone: ALONE,
        ranks: FEW,
        columns: RATIOS,
    },
    Workload {
        name: "structs",
        items: 1_000_000,
        param: 0,
        alone: ALONE,
        ranks: FEW,
        columns: &[
            Column::Seconds,
            Column::PerIdeal,
            Column::PerRayon,
            Column::NsPerItem,
        ],
    },
    Workload {
        name: "gather",
        items: 1000,
        param: 16_384,
        alone: ALONE,
        ranks: FEW,
        columns: &[
            Column::Seconds,
            Column::PerIdeal,
            Column::PerRayon,
            Column::GibPerSecond,
        ],
    },
    Workload {
        name: SLEEP,
        items: 3200,
        param: 10_000,
        alone: &[],
        ranks: &[8, 16, 32, 64],
        columns: &[Column::Seconds, Column::Efficiency],
    },
    Workload {
        name: "idle",
        items: 1,
        param: 2000,
        alone: ALONE,
        ranks: FEW,
        columns: &[Column::Seconds, Column::Burned],
    },
    Workload {
        name: "startup",
        items: 0,
        param: 0,
        alone: ALONE,
        ranks: FEW,
        columns: &[Column::Wall, Column::BeyondSequential],
    },
];

const SLEEP: &str = "sleep";

impl Workload {
    /// One whose runs with a checkpoint are compared with those without.
    pub(crate) const fn kept(name: &'static str, items: u32, param: u32) -> Self {
        Self {
            name,
            items,
            param,
            alone: &[Contestant::Threads(2)],
            ranks: &[2, 3],
            columns: &[],
        }
    }

    pub(crate) fn contestants(&self, vendors: &[Vendor]) -> impl Iterator<Item = Contestant> {
        let under = |vendor| {
            let ranks = self.ranks.iter();
            ranks.map(move |ranks| Contestant::Ranks(vendor, *ranks))
        };
        let ranks = vendors.iter().copied().flat_map(under);
        self.alone.iter().copied().chain(ranks)
    }

    /// A workload with the same results that takes the sequential loop seconds.
    pub(crate) fn reference(&self) -> Self {
        let param = if self.name == SLEEP { 0 } else { self.param };
        Self { param, ..*self }
    }

    /// The same start and end with nothing in between.
    pub(crate) fn nothing() -> &'static Self {
        let found = WORKLOADS.iter().find(|workload| workload.items == 0);
        found.expect("one workload is the start alone")
    }
}
