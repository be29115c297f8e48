import EnhanceKit
import Foundation

/// What the fake of one person keeps, beside what it shares with those of others, and the rules it
/// keeps to.
struct Shelf {
  enum Life {
    case open, suspended, closed, signedOut
  }

  var life = Life.open
  var account: Account?
  /// The last words in which it was seen what was found.
  var acknowledged: Sha256?
  var people: [Person]
  var programme: Programme?
  /// What was typed on this phone, and is not settled.
  private(set) var drafts: [DocumentId: [DraftView]] = [:]
  /// What was written on this phone, and is not on the server.
  private(set) var unsent: Set<DocumentId> = []
  var record = FakeRecord()
  /// What of the inbox this person has seen, if nobody else is told.
  var inboxSeen: Set<ItemId> = []
  var attached: [FakeAttachment] = []
  /// Sign-offs that were read back from an export.
  var kept: [FakeKept] = []
  var refused: [RefusedWork] = []
  var conditions = Conditions(online: true, metered: false, foreground: true)
  var networkFailure: CoreError?
  /// What this person calls their devices, and which were signed out.
  var deviceNames: [DeviceId: String] = [:]
  var signedOut: Set<DeviceId> = []
  let clock: @Sendable () -> Date
  let memory: Memory

  private var lastSuccess: Date?
  private var changed: [Topic: [DocumentId]] = [:]

  init(
    person: Person?, people: [Person], programme: Programme?,
    clock: @escaping @Sendable () -> Date, memory: Memory
  ) {
    (self.people, self.programme, self.clock, self.memory) = (people, programme, clock, memory)
    if let person { account = Self.account(of: person, server: "https://enhance.example.org") }
  }

  /// That of another person, with the same memory.
  func beside(_ other: Person) -> Shelf {
    let people = people + [account?.person].compactMap { $0 }
    return Shelf(
      person: other, people: people.filter { $0.id != other.id }, programme: programme,
      clock: clock, memory: memory)
  }

  // MARK: For every call

  /// Whether it was left for good.
  var isLeft: Bool { [.closed, .signedOut].contains(life) }

  func mustBeOpen() throws(CoreError) {
    switch life {
    case .open: return
    case .suspended:
      throw .suspended(code: "suspended", reason: "the core is suspended; resume it first")
    case .closed: throw .closed
    case .signedOut: throw .signedOut
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

  /// Notes what is to be told when the call is over.
  mutating func note(_ topics: Topic..., of id: DocumentId? = nil) {
    for topic in topics { changed[topic, default: []] += id.map { [$0] } ?? [] }
  }

  mutating func takeChanges() -> Changes? {
    defer { changed = [:] }
    guard !changed.isEmpty else { return nil }
    return Changes(topics: changed.map { TopicChange(topic: $0, documents: $1) })
  }

  /// Some of a list, and whether it goes on.
  func portion<Item: Equatable & Sendable>(
    _ items: [Item], offset: Int, limit: Int
  ) throws(CoreError) -> Portion<Item> {
    guard offset >= 0, limit >= 0 else { throw .lessThanNothing }
    let rest = items.dropFirst(offset)
    return Portion(items: Array(rest.prefix(limit)), more: rest.count > limit)
  }

  /// Those of a list, changed last first, that come after a place.
  func portion(
    _ listed: [DocumentSummary], after: ListPosition?, limit: Int
  ) throws(CoreError) -> Portion<DocumentSummary> {
    let rest = after.map { after in listed.filter { $0.updatedAt < after.updatedAt } } ?? listed
    return try portion(rest, offset: 0, limit: limit)
  }

  // MARK: Documents

  /// A document that is on this phone, of this kind if one is named.
  func document(
    _ id: DocumentId, _ kind: DocumentKind? = nil
  ) throws(CoreError) -> FakeDocument {
    if let noun = memory.deleted[id] { throw .deleted(noun, id) }
    let (document, reader) = (memory.documents[id], account?.person.id)
    if let document, document.members.isToCome(reader) { throw .toCome(Noun(document.kind), id) }
    if let document, document.members.hasLost(reader) { throw .revoked(Noun(document.kind), id) }
    guard let document, document.members.right(of: reader) != nil,
      kind == nil || document.kind == kind
    else { throw .notFound(kind.map(Noun.init) ?? .document, id.rawValue) }
    return onThisPhone(document)
  }

  /// Every document that is on this phone.
  var here: [FakeDocument] {
    let reader = account?.person.id
    let mine = memory.documents.values.filter { $0.members.right(of: reader) != nil }
    return mine.filter { !$0.members.isToCome(reader) }.map(onThisPhone)
  }

  private func onThisPhone(_ document: FakeDocument) -> FakeDocument {
    var document = document
    document.drafts = drafts[document.id] ?? []
    return document
  }

  mutating func put(_ content: FakeDocument.Content, owner: Person) -> DocumentId {
    let id = DocumentId(rawValue: memory.fresh("document"))
    put(content, as: id, owner: owner)
    return id
  }

  mutating func put(_ content: FakeDocument.Content, as id: DocumentId, owner: Person) {
    memory.documents[id] = FakeDocument(id: id, content: content, owner: owner)
    wrote(id, by: owner)
  }

  /// Makes a new version of what a document says now.
  mutating func wrote(_ id: DocumentId, by person: Person) {
    let (version, at) = (Version(rawValue: memory.fresh("version")), memory.moment(clock()))
    memory.documents[id]?.wrote(version, by: person, device: account?.device, at: at)
    unsent.insert(id)
    note(.documents, .status, of: id)
  }

  mutating func autosave(
    _ id: DocumentId, _ field: DraftField, base: Version, text: String
  ) throws(CoreError) {
    let document = try document(id)
    if document.kind == .changeProject {
      try document.members.require(.edit, of: try me(), "changing this document")
    }
    drafts[id, default: []].removeAll { $0.field == field }
    if document.content.text(of: field) != text {
      let draft = DraftView(field: field, base: base, text: text, savedAt: clock())
      drafts[id, default: []].append(draft)
    }
    note(.drafts, of: id)
    if let tooLong = CoreError.tooLong(text, in: field, template(of: document)) { throw tooLong }
  }

  /// What a reflection was begun from, whose prompts are what its fields are called.
  private func template(of document: FakeDocument) -> Template? {
    guard case .reflection(let reflection) = document.content else { return nil }
    return template(reflection.template)
  }

  mutating func settle(_ id: DocumentId) throws(CoreError) -> Version {
    let document = try document(id)
    guard !document.drafts.isEmpty else { return document.version }
    let long = document.drafts.filter { CoreError.tooLong($0.text, in: $0.field) != nil }
    let fitting = document.drafts.filter { CoreError.tooLong($0.text, in: $0.field) == nil }
    for draft in fitting {
      memory.documents[id]?.content.write(draft.text, in: draft.field)
    }
    drafts[id] = long.isEmpty ? nil : long
    if !fitting.isEmpty {
      wrote(id, by: try me())
      note(.drafts, of: id)
    }
    let template = template(of: document)
    if let first = long.first,
      let tooLong = CoreError.tooLong(first.text, in: first.field, template)
    {
      throw tooLong
    }
    return try self.document(id).version
  }

  mutating func delete(_ id: DocumentId, forEverybody: Bool = false) throws(CoreError) {
    let document = try document(id)
    guard document.owner == (try me()) else {
      throw .notAllowed("only its owner can delete a document")
    }
    if !forEverybody { try mustBeReadByNobody(document) }
    memory.documents[id] = nil
    memory.deleted[id] = Noun(document.kind)
    attached.removeAll { $0.source == .document(id) }
    (drafts[id], _) = (nil, unsent.remove(id))
    note(.documents, .drafts, .members, of: id)
  }

  /// Refuses to delete a plan that others read.
  func mustBeReadByNobody(_ document: FakeDocument) throws(CoreError) {
    let others = document.members.readers.dropFirst().map(\.person.name)
    guard document.kind != .changeProject || others.isEmpty else {
      let names = others.joined(separator: ", ")
      throw .notAllowed(code: "still_read", reason: "\(names) can read this plan")
    }
  }

  mutating func markSeen(_ id: DocumentId) throws(CoreError) {
    let (document, me) = (try document(id), try me())
    guard document.owner != me else { return }
    memory.documents[id]?.seen[me.id] = ReadReceipt(person: me, at: clock(), current: true)
    note(.status, of: id)
  }

  func status(of document: FakeDocument) -> DocumentStatus {
    let isSent = document.drafts.isEmpty && !unsent.contains(document.id)
    let isRefused = refused.contains {
      $0.summary.document == document.id && $0.summary.resolvedAt == nil
    }
    let seen = Array(document.seen.values)
    return DocumentStatus(
      stage: isSent ? .stored : .saved, seenBy: seen, quarantined: isRefused, held: false)
  }

  func readers(of document: FakeDocument) -> [Reader] {
    let members = document.members.readers.map {
      Reader(
        person: $0.person, right: $0.right, via: document.id, seen: document.seen[$0.id]?.at)
    }
    let copies = document.copies.compactMap { memory.documents[$0] }
    return members + copies.flatMap { readers(of: $0).dropFirst() }
  }

  /// Of one kind, changed last first.
  func summaries(_ kind: DocumentKind) -> [DocumentSummary] {
    here.filter { $0.kind == kind }
      .sorted { $0.updatedAt > $1.updatedAt }
      .map { $0.summary(status(of: $0)) }
  }

  /// Every document in which all the words stand, changed last first.
  func hits(_ query: String) -> [Hit] {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return [] }
    let searched = here.filter { ![.signOffRequest, .signOff].contains($0.kind) }
    let found = searched.sorted { $0.updatedAt > $1.updatedAt }.filter { document in
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
    return Enrolment(account: account, recoveryKey: Self.recoveryKey, wasEnrolled: false)
  }

  mutating func sync() throws(CoreError) -> SyncReport {
    let me = try me()
    guard !memory.left.contains(me.id) else { throw .hasLeft }
    for id in memory.documents.keys { memory.documents[id]?.members.arrive(me.id) }
    let waiting = unsent
    unsent = []
    for id in waiting { note(.status, of: id) }
    let uploaded = attached.indices.filter { !attached[$0].isStored }
    for index in uploaded { attached[index].isStored = true }
    for document in here {
      memory.documents[document.id]?.members.confirm()
      note(.members, of: document.id)
    }
    for document in here { memory.documents[document.id]?.comments.sendNudges(of: me) }
    lastSuccess = clock()
    note(.sync)
    return SyncReport(
      roundTrips: 1, bytesUp: 0, bytesDown: 0, pushed: waiting.count, duplicates: 0, pulled: 0,
      brought: 0, notBrought: 0, quarantined: 0, held: 0, waiting: 0, uploaded: uploaded.count,
      uploadsWaiting: 0, more: false, nextAllowedIn: .zero)
  }

  var syncState: SyncState {
    SyncState(
      lastSuccess: lastSuccess, lastError: networkFailure,
      failedAt: networkFailure == nil ? nil : clock(),
      online: conditions.online && networkFailure == nil, syncing: false, nextAttempt: nil,
      waitingEntries: unsent.count, waitingDocuments: unsent.count, heldDocuments: 0,
      attachments: attached.count, attachmentsStored: attached.filter(\.isStored).count,
      attachmentsRefused: 0)
  }

  static let recoveryKey = "ABCDE-FGHJK-MNPQR-STVWX"

  static func account(of person: Person, server: String) -> Account {
    Account(
      person: person, device: person.devices.first ?? DeviceId(rawValue: "device"),
      server: server, privateAccess: .open)
  }
}
