//! Workspaces for tests, in the JSON that cargo writes.

use cargo_metadata::{Metadata, MetadataCommand};

/// A package of one.
pub(crate) struct Made {
    name: String,
    targets: Vec<String>,
    dependencies: Vec<String>,
    features: Vec<String>,
    default_run: String,
}

pub(crate) fn package(name: &str) -> Made {
    Made {
        name: name.to_owned(),
        targets: Vec::new(),
        dependencies: Vec::new(),
        features: Vec::new(),
        default_run: "null".to_owned(),
    }
}

impl Made {
    pub(crate) fn bin(self, name: &str) -> Self {
        self.target("bin", name)
    }

    pub(crate) fn example(self, name: &str) -> Self {
        self.target("example", name)
    }

    fn target(mut self, kind: &str, name: &str) -> Self {
        self.targets.push(format!(
            r#"{{"kind":["{kind}"],"crate_types":["bin"],"name":"{name}","src_path":"/a/{name}.rs","edition":"2024"}}"#
        ));
        self
    }

    pub(crate) fn needs(mut self, name: &str, rename: Option<&str>) -> Self {
        let rename = rename.map_or("null".to_owned(), |name| format!("{name:?}"));
        self.dependencies.push(format!(
            r#"{{"name":"{name}","source":null,"req":"*","kind":null,"rename":{rename},"optional":false,
                "uses_default_features":true,"features":[],"target":null}}"#
        ));
        self
    }

    pub(crate) fn feature(mut self, name: &str, value: &str) -> Self {
        self.features.push(format!(r#""{name}":["{value}"]"#));
        self
    }

    pub(crate) fn default_run(mut self, name: &str) -> Self {
        self.default_run = format!("{name:?}");
        self
    }

    fn json(&self) -> String {
        let Self {
            name, default_run, ..
        } = self;
        let [targets, dependencies, features] =
            [&self.targets, &self.dependencies, &self.features].map(|it| it.join(","));
        format!(
            r#"{{"name":"{name}","version":"1.0.0","id":"{name}","source":null,"edition":"2024",
                "manifest_path":"/a/{name}/Cargo.toml","targets":[{targets}],"dependencies":[{dependencies}],
                "features":{{{features}}},"default_run":{default_run}}}"#
        )
    }
}

/// A workspace of these packages, all of which a command is about.
pub(crate) fn workspace(packages: &[Made]) -> Metadata {
    let names: Vec<String> = packages
        .iter()
        .map(|package| format!("{:?}", package.name))
        .collect();
    let (names, packages): (_, Vec<String>) =
        (names.join(","), packages.iter().map(Made::json).collect());
    let packages = packages.join(",");
    let json = format!(
        r#"{{"packages":[{packages}],"workspace_members":[{names}],"workspace_default_members":[{names}],"resolve":null,
            "workspace_root":"/a","target_directory":"/a/target","version":1}}"#
    );
    MetadataCommand::parse(json).expect("it is as cargo writes it")
}
