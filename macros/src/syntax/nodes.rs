//! Nodes of the syntax tree, told apart by where they lie: in one walk over a tree that nobody changes.

/// The address of a node.
pub(crate) fn address<T>(node: &T) -> *const () {
    std::ptr::from_ref(node).cast()
}
