//! Reads sources for the rules on them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use parallel_for_tests::workspace;
use proc_macro2::TokenTree;
use syn::visit::{self, Visit};

/// What these rules need to know of a file.
pub(crate) struct Source {
    /// From the workspace's folder.
    pub(crate) path: String,
    /// The path of its module in its crate; empty for `lib.rs`.
    pub(crate) module: Vec<String>,
    /// All paths outside its tests, from `crate` or from a library's name.
    pub(crate) paths: Vec<Vec<String>>,
    /// Every identifier, keyword and `macro!`.
    pub(crate) words: BTreeSet<String>,
}

/// All files below a folder of the workspace.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    collect(folder, &mut sources);
    assert!(!sources.is_empty(), "no sources in {folder}");
    sources
}

fn collect(folder: &str, sources: &mut Vec<Source>) {
    for entry in workspace().join(folder).read_dir().expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        // The programs that must not compile break rules on purpose.
        if entry.path().is_dir() && !path.ends_with("ui/fail") {
            collect(&path, sources);
        } else if Path::new(&path)
            .extension()
            .is_some_and(|ending| ending == "rs")
        {
            sources.push(read(path));
        }
    }
}

fn read(path: String) -> Source {
    let text = fs::read_to_string(workspace().join(&path)).expect("a source file");
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut module: Vec<String> = path
        .trim_end_matches(".rs")
        .split('/')
        .skip_while(|part| *part != "src")
        .skip(1)
        .map(str::to_owned)
        .collect();
    if module
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        module.pop();
    }
    let mut paths = Paths::default();
    if module.last().is_none_or(|last| last != "tests") {
        paths.visit_file(&file);
    }
    let paths = paths.0.into_iter().map(|path| absolute(path, &module));
    let mut words = BTreeSet::new();
    collect_words(text.parse().expect("it parsed above"), &mut words);
    Source {
        paths: paths.collect(),
        words,
        path,
        module,
    }
}

/// `super::x` in `a::b` is `crate::a::x`.
fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    let selves = usize::from(path.first().is_some_and(|part| part == "self"));
    if supers + selves == 0 {
        return path;
    }
    let parent = &module[..module.len().saturating_sub(supers)];
    let start = ["crate".to_owned()]
        .into_iter()
        .chain(parent.iter().cloned());
    start
        .chain(path.into_iter().skip(supers + selves))
        .collect()
}

/// The paths of a file's code and imports, those of its unit tests left out.
#[derive(Default)]
struct Paths(Vec<Vec<String>>);

impl Paths {
    fn import(&mut self, tree: &syn::UseTree, start: &[String]) {
        let with = |name: &dyn ToString| [start, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.import(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) => self.0.push(with(&name.ident)),
            syn::UseTree::Rename(rename) => self.0.push(with(&rename.ident)),
            syn::UseTree::Glob(_) => self.0.push(start.to_vec()),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, start);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts = path.segments.iter();
        self.0
            .push(parts.map(|part| part.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

fn collect_words(tokens: proc_macro2::TokenStream, words: &mut BTreeSet<String>) {
    let mut last = None;
    for token in tokens {
        match &token {
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Ident(ident) => {
                words.insert(ident.to_string());
            }
            TokenTree::Punct(punct) if punct.as_char() == '!' => {
                if let Some(TokenTree::Ident(name)) = &last {
                    words.insert(format!("{name}!"));
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        last = Some(token);
    }
}
