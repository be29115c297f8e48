//! The file that a database is in, and what stands beside it on the disk: the folder and its lock,
//! the key, the connection, and what becomes of all of that where there is no room or no writing.

pub(crate) mod connection;
pub(crate) mod files;
pub(crate) mod installation;
pub(crate) mod key;
pub(crate) mod read_only;
pub(crate) mod reserve;
pub(crate) mod upgrade_copy;
