//! The core is opened on a folder and shows its first list, beside a bare database that does.

use anyhow::{Result, ensure};
use enhance_client::{LearningCore, ListPage, OpenOptions};
use enhance_tests::device::Device;

use crate::{
    bench::Bench,
    fixtures::{
        bare::BareDatabase,
        home::{self, write_reflections},
    },
    frame::{case::Case, cost::Processor, goal::Goal},
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let sizes: &[usize] = bench.either(&[1, 100], &[1, 100, 1_000]);
    for size in sizes {
        let world = home::world(&bench.passing_folder("few")?);
        let mut device = home::device_at(bench, &world, "the phone")?;
        write_reflections(device.core(), *size)?;
        home::until_ready(&home::peek(&device))?;
        device.close();
        let folder = bench.folder("few")?;
        drop(home::copied(&device, &folder)?);
        let case = at_size(bench, &device, &OpenOptions { folder, ..device.options() }, *size)?;
        bench.report(&case);
    }
    let (home, folder) = (bench.reflections()?, bench.folder("many")?);
    drop(home::copied(&home.device, &folder)?);
    let options = OpenOptions { folder, ..home.device.options() };
    let case = at_size(bench, &home.device, &options, home.ids.len())?;
    bench.report(&case);
    Ok(())
}

fn at_size(bench: &Bench, device: &Device, options: &OpenOptions, size: usize) -> Result<Case> {
    let file = bench.folder("bare")?.join("bare.db");
    let open = || {
        let (folder, like) = (options.folder.clone(), device.options());
        LearningCore::open(OpenOptions { folder, ..like })
    };
    BareDatabase::open(&file)?
        .fill(&open()?.reflections(ListPage::ALL)?, |_| Ok("text ".repeat(600)))?;
    let mut case = Case::new("open the core and list 50")
        .at(size as u64, "documents there")
        .goal(Goal::AtMost(3.0));
    for _ in 0..bench.either(5, 31) {
        let (page, cost) = Processor::Process
            .cost(|| BareDatabase::open(&file).and_then(|bare| bare.page(i64::MAX, 50)))?;
        ensure!(page? == size.min(50));
        case.beside("bare open, key, list", cost);
        let (opened, cost) = Processor::Process.cost(|| -> Result<_> {
            let core = open()?;
            let listed = core.reflections(ListPage::first(50))?.len();
            Ok((core, listed))
        })?;
        let (core, listed) = opened?;
        ensure!(listed == size.min(50));
        drop(core);
        case.ours(cost);
    }
    Ok(case)
}
