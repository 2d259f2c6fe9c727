//! Files and folders: read with care, written whole or not at all.

mod folder;
mod interrupt;

pub use folder::{FolderError, Target, write_whole};
