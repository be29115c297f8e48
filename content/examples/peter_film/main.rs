//! Makes the stand-in 360-degree film of the Enhance pack again:
//! `cargo run -p enhance-content --example peter_film -- content/enhance/resources/peter-360.gif`

mod film;

use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("say where to write it")?;
    fs::write(path, film::film()?)?;
    Ok(())
}
