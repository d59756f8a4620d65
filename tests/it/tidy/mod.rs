//! What `src/lib.rs` promises about the tree, where a scan can see it. All findings are listed at once.

mod code;
mod licenses;
mod rust;
mod tree;
