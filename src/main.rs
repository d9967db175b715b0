//! The `threadwarden` command.

fn main() {}
