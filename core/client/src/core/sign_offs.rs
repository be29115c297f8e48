//! Sign-offs: asked for, given, and taken along.

use enhance_model::{DocumentId, ItemId, PersonId, Sha256};

use super::LearningCore;
use crate::{
    asked::{
        checking::SharingCheck,
        lists::ListPage,
        portion::Portion,
        sign_offs::{
            ask,
            ended::{self, EndedSignOff},
            kept::{self, KeptSignOffView},
            keys,
            paper::{self, SignOffPaper},
            sign::{self, SignOffAnswer, WitnessedSigner},
            since::{self, ChangedSince},
            subjects::SignOffSubject,
            take_back,
            views::{self, SignOffRequestView},
        },
    },
    cancellation::Cancellation,
    error::Error,
};

impl LearningCore {
    /// Asks a person to sign something as it stands: they get its text, and nothing of its history.
    /// What was typed is settled first. Without a person it is to be signed on this phone, with
    /// [`LearningCore::sign_witnessed`].
    ///
    /// It never changes. After an edit ask again; what was signed says what was signed. The text is
    /// looked through first: with probable identifiers in it nothing is asked, and
    /// [`Error::Unacknowledged`] says how many of which kind.
    ///
    /// ```no_run
    /// use enhance_client::{
    ///     Error, LearningCore, SignOffAnswer, SignOffSubject,
    ///     model::{DocumentId, PersonId, sign_off::{Decision, SupervisorRole}},
    /// };
    ///
    /// # fn example(trainee: &LearningCore, supervisor: &LearningCore, project: DocumentId, sam: PersonId) -> Result<(), Error> {
    /// let plan = SignOffSubject::Project(project);
    /// let request = trainee.request_sign_off(&plan, Some(sam), "Before Friday, please.")?;
    /// // ... and on the other device, with or without a network:
    /// let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    /// let answer = SignOffAnswer { decision, role, statement: "Well thought through.".into() };
    /// let sign_off = supervisor.sign(request, &answer)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request_sign_off(
        &self,
        subject: &SignOffSubject,
        with: Option<PersonId>,
        message: &str,
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| ask::request(state, subject, with, message, None))
    }

    /// Looks through what would be signed, and what is said to who is asked, for what may tell who
    /// somebody is. See [`check_before_sharing`](Self::check_before_sharing).
    pub fn check_before_sign_off(
        &self,
        subject: &SignOffSubject,
        message: &str,
    ) -> Result<SharingCheck, Error> {
        self.state.with(|state| ask::check(state, subject, message))
    }

    /// Asks for a sign-off of something in which probable identifiers were found and acknowledged.
    pub fn request_sign_off_acknowledged(
        &self,
        subject: &SignOffSubject,
        with: Option<PersonId>,
        message: &str,
        acknowledged: Sha256,
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| ask::request(state, subject, with, message, Some(acknowledged)))
    }

    /// Signs or returns what this person was asked to, with the key of this device. Signing again
    /// takes the place of what this person answered before.
    pub fn sign(&self, request: DocumentId, answer: &SignOffAnswer) -> Result<DocumentId, Error> {
        self.state.with(|state| sign::sign(state, request, answer))
    }

    /// Notes what somebody decided who signs there and then on this phone, which is the trainee's.
    /// It counts as witnessed by the trainee, and never as signed with the signer's own key.
    pub fn sign_witnessed(
        &self,
        request: DocumentId,
        by: &WitnessedSigner,
        answer: &SignOffAnswer,
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| sign::sign_witnessed(state, request, by, answer))
    }

    /// Takes back what this person asked to have signed, also where what it is about is deleted. It
    /// goes from the inbox and the devices of who was asked. What was answered goes with it only
    /// `with_answers`, since it is evidence; otherwise that is refused. It then counts for nothing,
    /// and is kept to be read ([`Self::kept_sign_offs`]). False if it was taken back before.
    pub fn take_back_sign_off(
        &self,
        request: DocumentId,
        with_answers: bool,
    ) -> Result<bool, Error> {
        self.state.with(|state| take_back::take_back(state, request, with_answers))
    }

    /// The requests that this person took back.
    pub fn sign_offs_taken_back(&self) -> Result<Vec<DocumentId>, Error> {
        self.state.read(take_back::taken_back)
    }

    /// What this person asked others to sign, newest first: the first page of it.
    pub fn sign_offs_asked_by_me(&self) -> Result<Portion<SignOffRequestView>, Error> {
        self.sign_offs_page(true, None, ListPage::default().limit)
    }

    /// What others asked this person to sign, newest first: the first page of it.
    pub fn sign_offs_asked_of_me(&self) -> Result<Portion<SignOffRequestView>, Error> {
        self.sign_offs_page(false, None, ListPage::default().limit)
    }

    /// A page of what this person asked others to sign (`mine`), or others this person, newest
    /// first: at most `limit` of what comes after a request, or from the beginning.
    pub fn sign_offs_page(
        &self,
        mine: bool,
        after: Option<DocumentId>,
        limit: u32,
    ) -> Result<Portion<SignOffRequestView>, Error> {
        self.state.read(|screen| views::requests(screen, mine, (after, limit)))
    }

    /// The requests about a document that this person can read, newest first.
    pub fn sign_offs_of(&self, document: DocumentId) -> Result<Vec<SignOffRequestView>, Error> {
        self.state.read(|screen| views::about(screen, document))
    }

    /// A request for a sign-off with its answers.
    pub fn sign_off_request(&self, id: DocumentId) -> Result<SignOffRequestView, Error> {
        self.state.read(|screen| views::view(screen, id))
    }

    /// What became of what a request is about since it was asked.
    pub fn changed_since_sign_off(&self, request: DocumentId) -> Result<ChangedSince, Error> {
        self.state.with(|state| since::changed_since(state, request))
    }

    /// The answers to a request of this person that count no more, or not for what was signed says
    /// now, each with the reason in words.
    pub fn sign_offs_ended(&self, request: DocumentId) -> Result<Vec<EndedSignOff>, Error> {
        self.state.with(|state| ended::of_request(state, request))
    }

    /// What this device knows of the file of a sign-off and the file does not say: why it counts no
    /// more. None if nothing speaks against it here, or nothing is known of it.
    pub fn sign_off_ended(&self, paper: &SignOffPaper) -> Result<Option<String>, Error> {
        self.state.with(|state| ended::of_paper(state, paper))
    }

    /// A sign-off as a file that is checked with nothing else. See
    /// [`verify_sign_off`](crate::verify_sign_off).
    pub fn export_sign_off(&self, id: DocumentId) -> Result<SignOffPaper, Error> {
        let now = self.state.environment().clock.now();
        self.state.read(|screen| paper::export(screen, id, now))
    }

    /// Sign-offs that were read back from an export, those that were signed last first. Each says
    /// whether it counts, whether it was made under another account, and whether what it is of
    /// still says the same here.
    pub fn kept_sign_offs(&self) -> Result<Vec<KeptSignOffView>, Error> {
        self.state.with(kept::all)
    }

    /// The file of a sign-off that was read back, by which anybody can check it.
    pub fn export_kept_sign_off(&self, id: ItemId) -> Result<SignOffPaper, Error> {
        self.state.with(|state| kept::paper(state, id))
    }

    /// Makes this device a new key to sign with, which needs the server once. What was signed with
    /// the old one goes on counting.
    pub async fn renew_signing_key(&self, cancel: &Cancellation) -> Result<(), Error> {
        keys::renew(&self.state, cancel).await
    }
}
