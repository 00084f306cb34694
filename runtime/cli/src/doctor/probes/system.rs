//! What software is installed by on this machine.

use std::env;
use std::fs;

use crate::doctor::facts::{Packages, System};

pub(crate) fn found() -> System {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let brew = if cfg!(target_os = "macos") {
        Packages::Brew
    } else {
        Packages::Unknown
    };
    System {
        packages: recognise(&release).unwrap_or(brew),
        has_modules: ["MODULESHOME", "LMOD_CMD"]
            .iter()
            .any(|name| env::var_os(name).is_some()),
    }
}

/// By the file in which a distribution says what it is, and what it is like.
fn recognise(release: &str) -> Option<Packages> {
    let lines = release.lines().filter_map(|line| line.split_once('='));
    let names = lines
        .filter(|(key, _)| ["ID", "ID_LIKE"].contains(key))
        .flat_map(|(_, value)| value.trim_matches('"').split(' '));
    names.into_iter().find_map(|name| match name {
        "debian" | "ubuntu" => Some(Packages::Apt),
        "fedora" | "rhel" | "centos" => Some(Packages::Dnf),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_are_known_by_what_they_are_like() {
        assert_eq!(
            recognise("NAME=\"Debian\"\nID=debian\n"),
            Some(Packages::Apt)
        );
        assert_eq!(
            recognise("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            Some(Packages::Apt)
        );
        assert_eq!(
            recognise("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            Some(Packages::Dnf)
        );
        assert_eq!(recognise("ID=arch\n"), None);
    }
}
