import EnhanceKit
import Foundation

/// A request for a sign-off, which never changes.
struct FakeRequest {
  let subject: SignOffSubject
  /// The version of the document that is to be signed; none for what is in a personal record.
  let version: Version?
  let title: String
  let text: String
  let asked: PersonId?
  let message: String
  let at: Date
}

/// What somebody answered to a request.
struct FakeSignOff {
  /// What is said of one that was given there and then on the trainee's own phone.
  static let witnessedInWords = "witnessed by the trainee, not signed with the signer's own key"

  let request: DocumentId
  let answer: SignOffAnswer
  let signer: String
  let person: PersonId?
  let witnessed: String?
  let at: Date

  /// Whether the same signer answers anew with another.
  func isSuperseded(by later: FakeSignOff) -> Bool {
    signer == later.signer && person == later.person && witnessed == later.witnessed
  }

  /// Whether this is the trainee's word alone, in the place of which somebody's own key stands.
  func isOutdone(by other: FakeSignOff) -> Bool { witnessed != nil && other.witnessed == nil }
}

/// A sign-off as a file of a fake.
private struct FakePaper: Codable {
  static let form = "fake sign-off 1"

  let form: String
  /// By which fakes of one memory know what else was known of it.
  let request: String
  let signer: String
  let decision: String
  let statement: String
  let text: String
  let textSeal: String
  let seal: String

  init(_ signOff: FakeSignOff, of request: FakeRequest) {
    (form, signer, text) = (Self.form, signOff.signer, request.text)
    (decision, statement) = ("\(signOff.answer.decision)", signOff.answer.statement)
    self.request = "\(signOff.request) \(signOff.at.timeIntervalSince1970)"
    textSeal = EnhanceKitTesting.seal([request.text])
    seal = EnhanceKitTesting.seal([signer, decision, statement, textSeal])
  }

  var fault: SignOffFault? {
    guard textSeal == EnhanceKitTesting.seal([text]) else { return .anotherText }
    let isWhole = seal == EnhanceKitTesting.seal([signer, decision, statement, textSeal])
    return isWhole ? nil : .badSignature
  }
}

extension Shelf {
  mutating func requestSignOff(
    _ subject: SignOffSubject, with person: PersonId?, _ message: String,
    _ acknowledged: Sha256? = nil
  ) throws(CoreError) -> DocumentId {
    let me = try me()
    let reader = try person.map { person throws(CoreError) in try another(person) }
    if let document = subject.document { _ = try settle(document) }
    try check(subject, message).mustBeSettled(acknowledged)
    let (title, text) = try rendered(subject)
    for words in [text, message] { try refuseLong(words) }
    let version = try subject.document.map { id throws(CoreError) in try document(id).version }
    let request = FakeRequest(
      subject: subject, version: version, title: title, text: text, asked: person,
      message: message, at: clock())
    let id = put(.request(request), owner: me)
    if let reader { memory.documents[id]?.members.put(reader, .comment) }
    note(.members, of: id)
    return id
  }

  /// Looks through what would be signed, and what is said to who is asked.
  func check(
    _ subject: SignOffSubject, _ message: String
  ) throws(CoreError) -> SharingCheck {
    let signed: [(place: TextPlace, text: String)]
    switch subject {
    case .reflection(let id), .project(let id): signed = try texts(of: id)
    case .sharedReflection, .module, .sessions:
      signed = [(.signed, try rendered(subject).text)]
    }
    return check(signed + [(.message, message)], of: subject.document)
  }

  mutating func sign(
    _ request: DocumentId, _ answer: SignOffAnswer
  ) throws(CoreError) -> DocumentId {
    let (document, me) = (try document(request, .signOffRequest), try me())
    try document.members.require(.comment, of: me, "signing this")
    guard document.owner != me else {
      throw .notAllowed(
        "nobody signs off their own work; let them sign on your phone, or ask them")
    }
    return try write(
      FakeSignOff(
        request: request, answer: answer, signer: me.name, person: me.id, witnessed: nil,
        at: clock()))
  }

  mutating func sign(
    _ request: DocumentId, witnessed by: WitnessedSigner, _ answer: SignOffAnswer
  ) throws(CoreError) -> DocumentId {
    let (document, me) = (try document(request, .signOffRequest), try me())
    try document.members.require(.own, of: me, "witnessing a signature")
    guard !by.name.isBlank else { throw .unfit(.person, "say who signs") }
    guard !by.knownBy.isBlank else { throw .unfit(.signOff, "say how you know who signs") }
    // A namesake is somebody else once it is said who.
    let isMe = by.person.map { $0 == me.id } ?? (by.name.asCompared == me.name.asCompared)
    guard !isMe else { throw .unfit(.person, "that is you") }
    return try write(
      FakeSignOff(
        request: request, answer: answer, signer: by.name, person: by.person,
        witnessed: by.knownBy, at: clock()))
  }

  private mutating func write(_ signOff: FakeSignOff) throws(CoreError) -> DocumentId {
    guard signOff.answer.decision == .signed || !signOff.answer.statement.isBlank else {
      throw .unfit(.signOff, "say what is to be changed")
    }
    try refuseLong(signOff.answer.statement)
    try requireSeen(signOff.request, [signOff.answer.statement])
    let id = put(.signOff(signOff), owner: try me())
    let readers = try document(signOff.request).members.all.map(\.person)
    for reader in readers where reader != (try me()) {
      memory.documents[id]?.members.put(reader, .read)
    }
    return id
  }

  func signOffRequest(_ id: DocumentId) throws(CoreError) -> SignOffRequestView {
    let (document, me) = (try document(id, .signOffRequest), try me())
    guard case .request(let request) = document.content else {
      throw .notFound(.signOffRequest, id.rawValue)
    }
    let answers = answers(to: id, asked: request.asked)
    let standing: SignOffStanding =
      switch answers.last(where: { !$0.superseded })?.decision {
      case nil: .asked
      case .signed: .signed
      case .returned: .returned
      }
    return SignOffRequestView(
      id: id, kind: request.subject.kind, document: request.subject.document,
      title: request.title, text: request.text, message: request.message, at: request.at,
      trainee: document.owner, mine: document.owner == me,
      asked: request.asked.flatMap { try? person($0) }, standing: standing, answers: answers,
      version: document.version, status: status(of: document), note: request.note)
  }

  private func answers(to request: DocumentId, asked: PersonId?) -> [SignOffView] {
    let all = here.sorted { $0.createdAt < $1.createdAt }.compactMap { document in
      if case .signOff(let one) = document.content, one.request == request {
        (document, one)
      } else {
        nil
      }
    }
    let isMine = memory.documents[request]?.owner == account?.person
    return all.enumerated().map { place, answer in
      let (document, one) = answer
      let role = role(of: one, isTrainee: isMine)
      return SignOffView(
        id: document.id, decision: one.answer.decision, role: one.answer.role,
        statement: one.answer.statement, signer: one.signer, person: one.person,
        witnessed: one.witnessed, at: one.at, fault: nil,
        superseded: all[(place + 1)...].contains { one.isSuperseded(by: $0.1) }
          || all.contains { one.isOutdone(by: $0.1) },
        supersedes: all[..<place].last { $0.1.isSuperseded(by: one) }?.0.id,
        byWhoWasAsked: one.person != nil && one.person == asked,
        roleInWords: role.inWords, roleAgrees: role.agrees,
        status: status(of: document))
    }
  }

  /// Newest first, those that this holds of.
  func signOffRequests(
    _ isWanted: (SignOffRequestView) -> Bool
  ) throws(CoreError) -> [SignOffRequestView] {
    let requests = here.filter { $0.kind == .signOffRequest }
      .sorted { $0.updatedAt > $1.updatedAt }
    var views: [SignOffRequestView] = []
    for request in requests { views.append(try signOffRequest(request.id)) }
    return views.filter(isWanted)
  }

  func changedSinceSignOff(_ id: DocumentId) throws(CoreError) -> ChangedSince {
    let document = try document(id, .signOffRequest)
    guard case .request(let request) = document.content else {
      throw .notFound(.signOffRequest, id.rawValue)
    }
    let isMine = document.owner == (try me())
    return changedSince(request.subject, request.text, isMine: isMine)
  }

  /// What became of something since a text of it was signed.
  func changedSince(_ subject: SignOffSubject, _ text: String, isMine: Bool) -> ChangedSince {
    if !isKnown(subject) { return .unknown }
    if isGone(subject) { return .deleted }
    guard isMine || subject.document != nil, let now = try? rendered(subject)
    else { return .unknown }
    if now.text == text { return .unchanged }
    let (then, lines) = (text.lines, now.text.lines)
    let sentences = subject.isOfPlan ? ["changed the plan"] : []
    return .changed(
      gone: then.filter { !lines.contains($0) }, new: lines.filter { !then.contains($0) },
      more: 0, sentences: sentences)
  }

  /// Whether what was signed was deleted, or all its sessions were taken out of the log.
  private func isGone(_ subject: SignOffSubject) -> Bool {
    switch subject {
    case .reflection(let id), .sharedReflection(let id), .project(let id):
      memory.deleted[id] != nil
    case .sessions(let ids):
      !ids.isEmpty && ids.allSatisfy { id in record.shown.takenBack.contains { $0.id == id } }
    case .module: false
    }
  }

  /// Whether the record has, or once had, all sessions that were signed: of what it never had
  /// nobody can say that it changed.
  private func isKnown(_ subject: SignOffSubject) -> Bool {
    guard case .sessions(let ids) = subject else { return true }
    let shown = record.shown
    let known = Set(shown.sessions.map(\.id) + shown.takenBack.map(\.id))
    return ids.allSatisfy(known.contains)
  }

  /// False if it was taken back before.
  mutating func takeBackSignOff(
    _ id: DocumentId, _ withAnswers: Bool
  ) throws(CoreError) -> Bool {
    if memory.deleted[id] == .signOffRequest { return false }
    let (document, me) = (try document(id, .signOffRequest), try me())
    try document.members.require(.own, of: me, "taking back what somebody else asked for")
    let answers = memory.documents.values.filter { other in
      guard case .signOff(let signOff) = other.content else { return false }
      return signOff.request == id
    }
    guard withAnswers || answers.isEmpty else {
      throw .notAllowed("it was answered, and the answer would go with it; say so, or keep it")
    }
    for answer in answers {
      (memory.documents[answer.id], memory.deleted[answer.id]) = (nil, .signOff)
    }
    try delete(id)
    return true
  }

  func exportSignOff(_ id: DocumentId) throws(CoreError) -> String {
    guard case .signOff(let signOff) = try document(id).content,
      case .request(let request) = try document(signOff.request).content
    else { throw .notFound(.signOff, id.rawValue) }
    let trainee = try document(signOff.request).owner
    let isTrainee = trainee == (try me())
    return paper(signOff, of: request, trainee, role(of: signOff, isTrainee: isTrainee))
  }

  /// A sign-off as a file, of which fakes of one memory know as what it was signed.
  func paper(
    _ signOff: FakeSignOff, of request: FakeRequest, _ trainee: Person, _ role: FakeRole
  ) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let paper = FakePaper(signOff, of: request)
    memory.papers[paper.request] = FakeTaken(
      id: signOff.request, signOff: signOff, request: request, trainee: trainee, role: role)
    let json = try? encoder.encode(paper)
    return json.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func verifySignOff(_ json: String) throws(CoreError) -> SignOffFault? {
    try read(json).fault
  }

  func checkSignOff(_ json: String) throws(CoreError) -> SignOffCheck {
    let paper = try read(json)
    guard let one = memory.papers[paper.request] else {
      throw .unfit(.signOff, "no fake made this file")
    }
    let (signOff, signer) = (one.signOff, one.signOff.person.flatMap { try? person($0) })
    let certified = signOff.witnessed == nil ? signer : one.trainee
    return SignOffCheck(
      fault: paper.fault, text: paper.text, decision: signOff.answer.decision,
      statement: paper.statement, signer: paper.signer, role: signOff.answer.role,
      roleInWords: one.role.inWords, organisation: one.role.organisation,
      isNamed: one.role.isNamed, certifiedAs: certified?.roles.first?.role ?? .trainee,
      witnessed: signOff.witnessed, at: signOff.at, trainee: one.trainee.name,
      publisherKey: String(repeating: "0", count: 64))
  }

  private func read(_ json: String) throws(CoreError) -> FakePaper {
    let paper = try? JSONDecoder().decode(FakePaper.self, from: Data(json.utf8))
    guard let paper, paper.form == FakePaper.form else {
      throw .unfit(.signOff, "this is no file of a sign-off")
    }
    return paper
  }

  /// The title of a subject, and all of what is to be signed, as it stands now.
  private func rendered(
    _ subject: SignOffSubject
  ) throws(CoreError) -> (title: String, text: String) {
    switch subject {
    case .reflection(let id): return try text(of: id, .reflection)
    case .sharedReflection(let id): return try text(of: id, .sharedReflection)
    case .project(let id): return try text(of: id, .changeProject)
    case .module(let key):
      let module = try module(key)
      let lines = module.activities.map { one in
        let done = one.progress.completedAt.map { "completed \(CalendarDate(inLondon: $0))" }
        return "\(one.activity.title): \(done ?? "not completed")"
      }
      return (module.summary.title, ([module.summary.title] + lines).joined(separator: "\n"))
    case .sessions(let ids): return try text(of: ids)
    }
  }

  private func text(
    of id: DocumentId, _ kind: DocumentKind
  ) throws(CoreError) -> (title: String, text: String) {
    let document = try document(id, kind)
    return (document.title, "\(document.title)\n\(document.text)")
  }

  private func text(of ids: [ItemId]) throws(CoreError) -> (title: String, text: String) {
    guard !ids.isEmpty else {
      throw .unfit(.signOff, "name the sessions that are to be signed")
    }
    let sessions = record.shown.sessions
    // What was taken out since is not in the text any more; what never was there cannot be asked.
    let known = Set(record.edits.compactMap(\.item?.id))
    for id in ids where !known.contains(id) { throw .notFound(.learningSession, id.rawValue) }
    let asked = ids.compactMap { sessions.of($0) }.sorted { $0.session.start < $1.session.start }
    let lines = asked.map {
      "\($0.day): \($0.session.title), \($0.session.minutes) minutes"
    }
    let days = asked.map { "\($0.day)" }
    let first = asked.first?.session.title ?? ""
    let from = days.first ?? ""
    let to = days.last == days.first ? "" : " to \(days.last ?? "")"
    let title =
      asked.count == 1
      ? "Learning session of \(from): \(first)"
      : "\(asked.count) learning sessions of \(from)\(to): \(first) and others"
    return (title, lines.joined(separator: "\n"))
  }

  /// Somebody who is not this person.
  private func another(_ id: PersonId) throws(CoreError) -> Person {
    guard id != (try me()).id else { throw .unfit(.person, "that is you") }
    let other = try person(id)
    try mustBeOnTheProgramme(other)
    return other
  }
}

extension FakeRequest {
  /// What has to be known before it is signed.
  fileprivate var note: String {
    let isComplete = !text.contains(": not completed")
    guard subject.kind == .module, !isComplete else { return "" }
    return "This module is not complete yet. Whoever signs it signs what is done so far, and not "
      + "that it is complete."
  }
}

extension SignOffSubject {
  fileprivate var kind: SignOffSubjectKind {
    switch self {
    case .reflection: .reflection
    case .sharedReflection: .sharedReflection
    case .project: .project
    case .module: .module
    case .sessions: .sessions
    }
  }

  fileprivate var isOfPlan: Bool { kind == .project }
}

extension String {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
  fileprivate var lines: [String] { split(separator: "\n").map(String.init) }
}
