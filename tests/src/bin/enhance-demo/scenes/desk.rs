//! The supervisor's desk in a browser, and a terminal in which the trainee writes beside him.

use std::{env, io};

use enhance_client::SignOffSubject;
use enhance_model::{DocumentId, PersonId};
use enhance_tests::{programs, world::World};

use super::{Cast, ending::shown};
use crate::stage::Stage;

/// Who is shown at the desk and in the terminal, once their phones are put away.
pub struct Writers {
    trainee: PersonId,
    supervisor: PersonId,
    project: DocumentId,
}

/// Ana asks for something, so that something waits at the desk.
pub async fn something_waits(stage: &mut Stage, world: &World, cast: &Cast) -> Writers {
    stage.scene("Ana asks her supervisor for an answer and for his signature");
    let Cast { phone, ben, project, .. } = cast;
    phone.comment(*project, "plan", "Shall we begin with one bay, or with two?").unwrap();
    let subject = SignOffSubject::Project(*project);
    phone.request_sign_off(&subject, Some(ben.person()), "Before we begin on Monday.").unwrap();
    world.settle(&[phone, ben]).await;
    let waiting = ben.inbox_counts().unwrap().total();
    stage.check(&format!("{waiting} things wait for Ben"), waiting >= 2);
    Writers { trainee: phone.person(), supervisor: ben.person(), project: *project }
}

/// Prints the link that opens the desk, and waits until somebody ends the server.
pub fn open(world: &mut World, writers: &Writers) -> io::Result<()> {
    let (server, url) = (&world.server, world.server.url());
    let [supervisor, trainee] =
        [writers.supervisor, writers.trainee].map(|person| server.invite_device(person));
    let enhance = shown(&env::current_exe()?.with_file_name("enhance"));
    let ana = format!("{enhance} --home {}", shown(&world.folder().join("ana")));
    let project = writers.project.to_string().chars().take(8).collect::<String>();
    println!("\nThe desk of Dr Ben Okoro, in a browser; the link is good for one sign-in:\n");
    println!("  {url}/#join={supervisor}\n");
    println!("Dr Ana Ruiz in a terminal, who writes in the same plan:\n");
    println!("  {ana} enrol --server {url} {trainee}");
    println!("  {ana} sync");
    println!("  {ana} project edit {project} --section why_here='The ward is dark at night.'");
    println!("  {ana} sync\n");
    println!("Another link, for once this one is used:\n");
    let (program, data) = (shown(programs::server()), shown(&server.data()));
    println!("  {program} invite --data {data} --person {}", writers.supervisor);
    println!("\nThe server runs at {url} until you press Ctrl-C.");
    world.server.wait();
    Ok(())
}
