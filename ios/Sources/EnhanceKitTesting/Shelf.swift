import EnhanceKit
import Foundation

/// What a fake keeps, and the rules it keeps to.
struct Shelf {
  enum Life {
    case open, suspended, closed
  }

  var life = Life.open
  var account: Account?
  var people: [Person]
  var programme: Programme?
  var documents: [DocumentId: FakeDocument] = [:]
  var gone: [DocumentId: Noun] = [:]
  var sessions: [SessionView] = []
  var progress: [String: ActivityProgress] = [:]
  var refused: [RefusedWork] = []
  /// By their text.
  var recipes: [String: Recipe] = [:]
  /// By their text: of which plan, after how many changes.
  var pages: [String: (DocumentId, Int)] = [:]
  var conditions = Conditions(online: true, metered: false, foreground: true)
  var networkFailure: CoreError?
  let clock: @Sendable () -> Date

  private var lastSuccess: Date?
  /// No other change is of that moment, so that a place in a list is one.
  private var lastChange = Date.distantPast
  private var count = 0
  private var changed: [Topic: [DocumentId]] = [:]

  init(
    person: Person?, people: [Person], programme: Programme?, clock: @escaping @Sendable () -> Date
  ) {
    (self.people, self.programme, self.clock) = (people, programme, clock)
    if let person { account = Self.account(of: person, server: "https://enhance.example.org") }
  }

  // MARK: For every call

  func mustBeOpen() throws(CoreError) {
    switch life {
    case .open: return
    case .suspended:
      throw .suspended(code: "suspended", reason: "the core is suspended; resume it first")
    case .closed: throw .closed
    }
  }

  /// Whose device it is.
  func me() throws(CoreError) -> Person {
    guard let account else {
      throw .signInNeeded(
        neverEnrolled: true, code: "not_enrolled",
        reason: "nobody is enrolled here yet; enrol with an invitation")
    }
    return account.person
  }

  /// `word` and a number that was not used before.
  mutating func fresh(_ word: String) -> String {
    count += 1
    return "\(word)-\(count)"
  }

  /// Notes what is to be told when the call is over.
  mutating func note(_ topics: Topic..., of id: DocumentId? = nil) {
    for topic in topics { changed[topic, default: []] += id.map { [$0] } ?? [] }
  }

  mutating func takeChanges() -> Changes? {
    defer { changed = [:] }
    guard !changed.isEmpty else { return nil }
    return Changes(topics: changed.map { TopicChange(topic: $0, documents: $1) })
  }

  func page<Item>(
    _ items: [Item], offset: Int, limit: Int
  ) throws(CoreError) -> [Item] {
    guard offset >= 0, limit >= 0 else { throw .lessThanNothing }
    return Array(items.dropFirst(offset).prefix(limit))
  }

  /// Those of a list, changed last first, that come after a place.
  func page(
    _ listed: [DocumentSummary], after: ListPosition?, limit: Int
  ) throws(CoreError) -> [DocumentSummary] {
    let rest = after.map { after in listed.filter { $0.updatedAt < after.updatedAt } } ?? listed
    return try page(rest, offset: 0, limit: limit)
  }

  // MARK: Documents

  /// A document that is here, of this kind if one is named.
  func document(
    _ id: DocumentId, _ kind: DocumentKind? = nil
  ) throws(CoreError) -> FakeDocument {
    if let noun = gone[id] { throw .deleted(noun, id) }
    guard let document = documents[id], kind == nil || document.kind == kind else {
      throw .notFound(kind.map(Noun.init) ?? .document, id.rawValue)
    }
    return document
  }

  mutating func put(_ content: FakeDocument.Content, owner: Person) -> DocumentId {
    let id = DocumentId(rawValue: fresh("document"))
    documents[id] = FakeDocument(id: id, content: content, owner: owner)
    wrote(id, by: owner)
    return id
  }

  /// Makes a new version of what a document says now.
  mutating func wrote(_ id: DocumentId, by person: Person) {
    let version = Version(rawValue: fresh("version"))
    lastChange = max(clock(), lastChange.addingTimeInterval(0.001))
    documents[id]?.wrote(version, by: person, device: account?.device, at: lastChange)
    note(.documents, .status, of: id)
  }

  mutating func autosave(
    _ id: DocumentId, _ field: DraftField, base: Version, text: String
  ) throws(CoreError) {
    let document = try document(id)
    documents[id]?.drafts.removeAll { $0.field == field }
    if document.content.text(of: field) != text {
      let draft = DraftView(field: field, base: base, text: text, savedAt: clock())
      documents[id]?.drafts.append(draft)
    }
    note(.drafts, of: id)
    guard text.utf8.count <= CoreError.longestText else { throw .textTooLong }
  }

  mutating func settle(_ id: DocumentId) throws(CoreError) -> Version {
    let document = try document(id)
    guard !document.drafts.isEmpty else { return document.version }
    for draft in document.drafts where draft.text.utf8.count > CoreError.longestText {
      throw .textTooLong
    }
    for draft in document.drafts {
      documents[id]?.content.write(draft.text, in: draft.field)
    }
    documents[id]?.drafts = []
    wrote(id, by: try me())
    note(.drafts, of: id)
    return try self.document(id).version
  }

  mutating func delete(_ id: DocumentId, forEverybody: Bool = false) throws(CoreError) {
    let document = try document(id)
    guard document.owner == (try me()) else {
      throw .notAllowed(
        code: "not_allowed", reason: "not allowed: only its owner can delete a document")
    }
    guard forEverybody || document.kind != .changeProject || document.members.isEmpty else {
      throw .notAllowed(code: "still_read", reason: "others can read this plan")
    }
    documents[id] = nil
    gone[id] = Noun(document.kind)
    note(.documents, .drafts, .members, of: id)
  }

  mutating func markSeen(_ id: DocumentId) throws(CoreError) {
    let (document, me) = (try document(id), try me())
    guard document.owner != me else { return }
    documents[id]?.seen[me.id] = ReadReceipt(person: me, at: clock(), current: true)
    note(.status, of: id)
  }

  func status(of document: FakeDocument) -> DocumentStatus {
    let stage = document.drafts.isEmpty ? document.stage : .saved
    let isRefused = refused.contains {
      $0.summary.document == document.id && $0.summary.resolvedAt == nil
    }
    let seen = Array(document.seen.values)
    return DocumentStatus(stage: stage, seenBy: seen, quarantined: isRefused)
  }

  func readers(of document: FakeDocument) -> [Reader] {
    let owner = Reader(person: document.owner, right: .own, via: document.id, seen: nil)
    let members = document.members.map {
      Reader(
        person: $0.person, right: $0.right, via: document.id, seen: document.seen[$0.id]?.at)
    }
    let copies = document.copies.compactMap { documents[$0] }
    return [owner] + members + copies.flatMap { readers(of: $0).dropFirst() }
  }

  /// Of one kind, changed last first.
  func summaries(_ kind: DocumentKind) -> [DocumentSummary] {
    documents.values.filter { $0.kind == kind }
      .sorted { $0.updatedAt > $1.updatedAt }
      .map { $0.summary(status(of: $0)) }
  }

  /// Every document in which all the words stand, changed last first.
  func hits(_ query: String) -> [Hit] {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return [] }
    let found = documents.values.sorted { $0.updatedAt > $1.updatedAt }.filter { document in
      let text = "\(document.title) \(document.text)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    return found.map { document in
      Hit(
        target: .document(id: document.id, kind: document.kind), title: document.listedTitle,
        snippet: [SnippetPiece(text: document.preview, marked: false)],
        at: document.updatedAt)
    }
  }

  // MARK: The network

  mutating func enrol(server: String) throws(CoreError) -> Enrolment {
    guard account == nil else {
      throw .notAllowed(
        code: "already_enrolled",
        reason: "somebody is enrolled here already; another person needs another folder")
    }
    let account = Self.account(of: .ana, server: server)
    self.account = account
    note(.account)
    return Enrolment(account: account, recoveryKey: "ABCDE-FGHJK-MNPQR-STVWX")
  }

  mutating func sync() throws(CoreError) -> SyncReport {
    _ = try me()
    let waiting = documents.values.filter { $0.stage != .stored }.map(\.id)
    for id in waiting {
      documents[id]?.stage = .stored
      note(.status, of: id)
    }
    lastSuccess = clock()
    note(.sync)
    return SyncReport(
      roundTrips: 1, bytesUp: 0, bytesDown: 0, pushed: waiting.count, duplicates: 0, pulled: 0,
      brought: 0, notBrought: 0, quarantined: 0, waiting: 0, more: false, nextAllowedIn: .zero)
  }

  var syncState: SyncState {
    let waiting = documents.values.filter { $0.stage != .stored }.count
    return SyncState(
      lastSuccess: lastSuccess, lastError: networkFailure, nextAttempt: nil,
      waitingEntries: waiting)
  }

  private static func account(of person: Person, server: String) -> Account {
    Account(
      person: person, device: person.devices.first ?? DeviceId(rawValue: "device"),
      server: server, privateAccess: .open)
  }
}
