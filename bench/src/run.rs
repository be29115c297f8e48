//! The command: which rows, how thoroughly, and what is said of them in the end.

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

use anyhow::{Context, Result, ensure};

use crate::{
    bench::{Bench, commit, root, target},
    frame::{
        page, picture,
        report::{Report, ReportRow, Run},
    },
    long_plan::{self, LONG_PLAN},
    rows::{ROWS, Row},
    servers,
};

const HELP: &str = "\
cargo xtask bench [--quick [--keep]] [--strict] [--no-peers] [ROW ...]
cargo xtask bench [--quick] [--strict] attacks:NAME

Measures what the product costs, beside the bare limit and beside peers, in turns in one run.
Without rows: all of them. Figures are added to bench/results/latest.json, the README and its
picture; with --quick to target/bench/quick.json, and nothing else is touched.

  --list      which rows there are
  --quick     small sizes and few rounds: whether a row works, not what it costs
  --keep      figures of a quick run are kept among the others, marked as quick
  --strict    ends with an exit code if a row that was run misses its goal or could not be run
  --no-peers  builds and starts no peer (they come from their registries at the first run)

attacks:NAME plays one attack, such as attacks:g3; its figures are not kept.";

/// Why a debug build measures nothing that is kept.
const UNOPTIMISED: &str =
    "this is a debug build, whose figures say nothing; cargo xtask bench measures what is released";

/// Which program the harness starts as the server. It is this one.
const SERVER: &str = "ENHANCE_SERVER";

/// What comes before the name of a part of a row.
const PART: &str = "attacks:";

/// What the command is to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a word that a person types or leaves out"
)]
struct Options {
    quick: bool,
    keep: bool,
    strict: bool,
    no_peers: bool,
    rows: Vec<String>,
    /// The part of the one row that is asked for.
    part: Option<String>,
}

/// Runs the program with its arguments.
pub fn main(arguments: &[String]) -> Result<ExitCode> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [servers::BARE, ..] => servers::bare(&arguments[1..])?,
        ["serve", ..] => servers::product(arguments)?,
        [LONG_PLAN, ..] => long_plan::write(&arguments[1..])?,
        ["--list"] => ROWS.iter().for_each(|row| println!("{:<18} {}", row.name, row.about)),
        ["--help" | "-h"] => println!("{HELP}"),
        _ if env::var_os(SERVER).is_none() => return again(arguments),
        words => return measure(&Options::read(words)?),
    }
    Ok(ExitCode::SUCCESS)
}

/// Starts this program once more with its own name where the harness looks for the server.
fn again(arguments: &[String]) -> Result<ExitCode> {
    let own = env::current_exe()?;
    let mut command = Command::new(&own);
    command.args(arguments).env(SERVER, &own);
    if env::var_os("ENHANCE_CLI").is_none() {
        command.env("ENHANCE_CLI", own.with_file_name("enhance"));
    }
    let status = command.status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Options {
    fn read(words: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        for word in words {
            match *word {
                "--quick" => options.quick = true,
                "--keep" => options.keep = true,
                "--strict" => options.strict = true,
                "--no-peers" => options.no_peers = true,
                row if ROWS.iter().any(|each| each.name == row) => {
                    options.rows.push(row.to_owned());
                }
                word if word.starts_with(PART) => {
                    options.rows = vec!["attacks".to_owned()];
                    options.part = word.strip_prefix(PART).map(str::to_owned);
                }
                other => anyhow::bail!("there is no row and no option {other:?}\n\n{HELP}"),
            }
        }
        Ok(options)
    }

    fn rows(&self) -> Vec<&'static Row> {
        let wanted =
            |row: &&Row| self.rows.is_empty() || self.rows.iter().any(|one| one == row.name);
        ROWS.iter().filter(wanted).collect()
    }

    /// Whether figures are for everybody to read.
    const fn is_kept(&self) -> bool {
        self.part.is_none() && (!self.quick || self.keep)
    }

    fn file(&self) -> PathBuf {
        if self.is_kept() {
            root().join("bench/results/latest.json")
        } else {
            target().join("quick.json")
        }
    }
}

fn measure(options: &Options) -> Result<ExitCode> {
    let is_debug = cfg!(debug_assertions);
    ensure!(!(is_debug && options.is_kept()), "{UNOPTIMISED}");
    let began = Instant::now();
    let mut report = Report::read(&options.file())?;
    let rows = options.rows();
    let mut bench = Bench::new(options.quick, !options.no_peers)?;
    bench.part.clone_from(&options.part);
    let run = this_run(options.quick);
    println!("{} on {}, commit {}", run.day, run.machine, run.commit);
    for (number, row) in rows.iter().enumerate() {
        println!("\n[{}/{}] {}: {}", number + 1, rows.len(), row.name, row.about);
        let measured = run_row(&mut bench, row, &run);
        println!("{}", page::terminal(&measured));
        report.put(measured);
        // A row that is measured is kept, whatever happens to the next.
        in_order(&mut report);
        report.write(&options.file())?;
    }
    if options.is_kept() {
        publish(&report)?;
    }
    Ok(end(options, &report, began))
}

/// Runs a row. Whatever goes wrong in it is noted and ends no other.
fn run_row(bench: &mut Bench, row: &Row, run: &Run) -> ReportRow {
    let done = catch_unwind(AssertUnwindSafe(|| (row.run)(bench)));
    let (lines, mut not_run) = bench.take();
    match done {
        Ok(Ok(())) => {}
        Ok(Err(error)) => not_run.push(format!("the rest: {error:#}")),
        Err(_) => not_run.push("the rest: it panicked; what it said is above".to_owned()),
    }
    let (name, about) = (row.name.to_owned(), row.about.to_owned());
    ReportRow { name, about, run: Some(run.clone()), lines, not_run }
}

/// Rows as the table has them; those that were never run say so.
fn in_order(report: &mut Report) {
    let mut rows = std::mem::take(&mut report.rows);
    for row in ROWS {
        let known = rows.iter().position(|each| each.name == row.name);
        report.rows.push(known.map_or_else(|| never_run(row), |place| rows.swap_remove(place)));
    }
}

fn never_run(row: &Row) -> ReportRow {
    let (name, about) = (row.name.to_owned(), row.about.to_owned());
    let not_run = vec!["never run so far".to_owned()];
    ReportRow { name, about, run: None, lines: Vec::new(), not_run }
}

/// The README and the picture in it.
fn publish(report: &Report) -> Result<()> {
    let picture = root().join("bench/results/curves.svg");
    fs::write(&picture, picture::curves(report)).context("the picture")?;
    for page in ["README.md", "bench/README.md"] {
        let file = root().join(page);
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        if let Some(text) = page::replaced(&text, report) {
            fs::write(&file, text)?;
        }
    }
    Ok(())
}

/// Says what was done and what to do next.
fn end(options: &Options, report: &Report, began: Instant) -> ExitCode {
    let rows = options.rows();
    let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
    let missed = report.missed(&names);
    let not_run: Vec<String> = report
        .rows
        .iter()
        .filter(|row| names.contains(&row.name.as_str()))
        .flat_map(|row| row.not_run.iter().map(|why| format!("{}: {why}", row.name)))
        .collect();
    println!("\n{} rows in {} s.", rows.len(), began.elapsed().as_secs());
    for (word, lines) in [("Missed", &missed), ("Not run", &not_run)] {
        for line in lines {
            println!("{word}: {line}");
        }
    }
    println!("Figures: {}", options.file().display());
    if options.is_kept() {
        println!("Next: look at bench/results/curves.svg and commit what changed.");
    } else {
        println!("Next: a quick run shows that rows work; leave out --quick for figures.");
    }
    if options.strict && !(missed.is_empty() && not_run.is_empty()) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn this_run(quick: bool) -> Run {
    let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    Run { day, commit: commit(), machine: machine(), quick }
}

fn machine() -> String {
    let cpus = std::thread::available_parallelism().map_or(1, usize::from);
    let model = fs::read_to_string(Path::new("/proc/cpuinfo")).unwrap_or_default();
    let model = model.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or(env::consts::ARCH, |(_, model)| model);
    format!("{cpus} x {model}, {}", env::consts::OS)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::frame::{case::Case, cost::Processor, goal::Goal};

    fn work(rounds: u64) -> u64 {
        (0..rounds * 20_000).fold(1, |sum, number| std::hint::black_box(sum ^ (number * 31)))
    }

    fn slower(bench: &mut Bench) -> Result<()> {
        compare(bench, 40)
    }

    fn as_fast(bench: &mut Bench) -> Result<()> {
        compare(bench, 4)
    }

    /// Ours does so many rounds of what the limit does four of.
    fn compare(bench: &mut Bench, rounds: u64) -> Result<()> {
        let mut case = Case::new("work").goal(Goal::Times(4.0));
        for _ in 0..11 {
            case.beside("bare", Processor::Thread.cost(|| work(4))?.1);
            case.ours(Processor::Thread.cost(|| work(rounds))?.1);
        }
        bench.report(&case);
        Ok(())
    }

    fn of(run: fn(&mut Bench) -> Result<()>) -> (ExitCode, Report) {
        let mut bench = Bench::new(true, false).unwrap();
        let name = ROWS[0].name;
        let row = Row { name, about: "", run };
        let measured = run_row(&mut bench, &row, &this_run(true));
        let report = Report { rows: vec![measured] };
        let options = Options { strict: true, rows: vec![name.to_owned()], ..Options::default() };
        (end(&options, &report, Instant::now()), report)
    }

    #[test]
    fn a_planted_slowdown_is_noticed_and_ends_a_strict_run() {
        let (code, report) = of(slower);
        assert_eq!(code, ExitCode::FAILURE);
        assert_eq!(report.missed(&[ROWS[0].name]).len(), 1);
        let ratio = report.rows[0].lines[0].ratio.unwrap();
        assert!(ratio > 5.0, "ten times the work is about ten times the cost: {ratio}");
    }

    #[test]
    fn what_reaches_its_goal_ends_a_strict_run_well() {
        let (code, report) = of(as_fast);
        assert_eq!(code, ExitCode::SUCCESS, "{report:?}");
    }

    #[test]
    fn a_row_that_fails_is_said_to_be_not_run_and_ends_a_strict_run() {
        let (code, report) = of(|_| anyhow::bail!("nobody answers"));
        assert_eq!(code, ExitCode::FAILURE);
        assert_eq!(report.rows[0].not_run, ["the rest: nobody answers"]);
    }

    #[test]
    fn who_waits_longer_is_no_slower() {
        let (code, _) = of(|bench| {
            let mut case = Case::new("waiting").goal(Goal::AtMost(10.0));
            let pause = Duration::from_millis(30);
            case.ours(Processor::Thread.cost(|| std::thread::sleep(pause))?.1);
            bench.report(&case);
            Ok(())
        });
        assert_eq!(code, ExitCode::SUCCESS);
    }

    #[test]
    fn rows_and_options_are_read_and_a_slip_of_the_pen_is_an_error() {
        let options = Options::read(&["--quick", ROWS[0].name]).unwrap();
        assert!(options.quick && options.rows().len() == 1);
        assert_eq!(Options::default().rows().len(), ROWS.len());
        let said = Options::read(&["--quik"]).unwrap_err().to_string();
        assert!(said.contains("--quik") && said.contains("--list"));
    }
}
