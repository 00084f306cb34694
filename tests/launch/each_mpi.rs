//! Tests under each MPI that is installed.

/// Makes of each function of a vendor, `fn panics(vendor: Vendor)`, a test under each MPI.
#[macro_export]
macro_rules! under_each_mpi {
    ($($name:ident)*) => {
        $(mod $name {
            use $crate::{Vendor, skipped};

            #[test]
            fn openmpi() {
                if !skipped(Vendor::OpenMpi, module_path!()) {
                    super::$name(Vendor::OpenMpi);
                }
            }

            #[test]
            fn mpich() {
                if !skipped(Vendor::Mpich, module_path!()) {
                    super::$name(Vendor::Mpich);
                }
            }
        })*
    };
}
