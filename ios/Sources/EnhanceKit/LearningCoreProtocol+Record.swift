import Foundation

/// What an app asks of a person's own record: posts in training, time spent learning, evidence. It
/// is private, and readable by its owner alone.
public protocol PersonalRecordProtocol: Actor {
  /// Everything in the personal record.
  func personalRecord() throws -> PersonalRecord

  /// Edits the personal record: what makes sense in it is written, all of it or none. Fresh ids
  /// come from ``LearningCoreProtocol/newItemId()``.
  ///
  /// Each thing has an `adding` with the edits that add it with all it says. What cannot be is
  /// refused with `CoreError.invalidInput`, whose reason is for the person.
  func editRecord(_ edits: [RecordEdit]) throws

  /// Looks through the journeys of patients in the record, or through one of them or one step, for
  /// what may tell who it was. They are saved whatever is found.
  func checkJourneys(only: ItemId?) throws -> SharingCheck

  /// Notes that an activity was completed, with what shows it or why nothing does.
  ///
  /// An activity that asks for evidence is refused without either.
  func completeActivityWith(_ key: String, evidence: EvidenceSource?, reason: String) throws

  /// Notes what somebody says of an activity that is talked over: how sure they were before it and
  /// after it, from 0 to 10, and the reflection in which they answered its prompts.
  @discardableResult
  func answerDebrief(_ activity: String, answer: DebriefAnswer) throws -> ItemId

  /// The learning log of these days: what was done, what is asked, what is left and by when.
  func logOf(_ days: DaysInARow) throws -> LearningLog

  /// The training year in which a day falls.
  func trainingYear(_ day: CalendarDate) throws -> DaysInARow

  /// What the evidence covers, by domain, outcome and capability.
  func coverage() throws -> Coverage

  /// Everything that is given as evidence, oldest first, with what supervisors say of it.
  func evidence() throws -> [EvidenceView]

  /// What may be a slip about one thing in the record, a sentence each: noted twice, over already,
  /// or only the trainee's word. It is said, and stops nobody.
  func warningsAbout(_ id: ItemId) throws -> [String]

  /// The programme by module and training year.
  func programmeMap() throws -> ProgrammeMap

  /// The deadlines, soonest first.
  func deadlines() throws -> [DeadlineView]

  /// The warnings of deadlines from today on: the days on which a host is to say them.
  ///
  /// They follow from the deadlines, so schedule them anew whenever those change: see
  /// ``watchDeadlineWarnings()``.
  func deadlineWarnings() throws -> [DeadlineWarning]

  /// The certificates, those that run out first first.
  func certificates() throws -> [CertificateView]
}

extension LearningCoreProtocol {
  /// The ``personalRecord()``, now and whenever it changes.
  public nonisolated func watchPersonalRecord() -> AsyncThrowingStream<PersonalRecord, any Error> {
    watch(.documents, .account) { try await self.personalRecord() }
  }

  /// The ``evidence()``, now and whenever it changes.
  public nonisolated func watchEvidence() -> AsyncThrowingStream<[EvidenceView], any Error> {
    watch(.documents, .people, .account) { try await self.evidence() }
  }

  /// The ``logOf(_:)`` these days, now and whenever it changes.
  public nonisolated func watchLogOf(
    _ days: DaysInARow
  ) -> AsyncThrowingStream<LearningLog, any Error> {
    watch(.documents, .packs, .account) { try await self.logOf(days) }
  }

  /// The ``deadlineWarnings()``, now and whenever they change.
  public nonisolated func watchDeadlineWarnings()
    -> AsyncThrowingStream<[DeadlineWarning], any Error>
  {
    watch(.documents, .account) { try await self.deadlineWarnings() }
  }
}
