import EnhanceKit
import Foundation

/// What was said of a document, by whom, what of it is taken back, and what was suggested for its
/// text.
struct FakeComments {
  private struct Said {
    let id: ItemId
    let by: Person
    var comment: ProjectComment
    var isTakenBack = false
    var versions: [CommentVersion]
  }

  struct Suggested {
    let id: ItemId
    let by: Person
    var suggestion: Suggestion
    var state = SuggestionState.open
    var decidedBy: Person?
    var decidedAt: Date?
  }

  private struct Settled {
    let by: Person
    /// None: it was opened again.
    let at: Date?
  }

  struct Nudge {
    let id: ItemId
    let by: Person
    let anchor: String
    let why: String
    let at: Date
    /// Whether the server has it.
    var isSent = false
  }

  /// Of which document.
  let about: DocumentId
  private var said: [Said] = []
  private var settled: [ItemId: Settled] = [:]
  private(set) var suggested: [Suggested] = []
  private(set) var nudges: [Nudge] = []

  init(about: DocumentId) {
    self.about = about
  }

  // MARK: What is said

  func shown(to reader: Person) -> [CommentView] {
    said.filter { !$0.isTakenBack }.map { view($0, reader) }
  }

  func takenBack(by reader: Person) -> [CommentView] {
    said.filter { $0.isTakenBack && $0.by.id == reader.id }.map { view($0, reader) }
  }

  private func view(_ one: Said, _ reader: Person) -> CommentView {
    CommentView(id: one.id, by: one.by, mine: one.by.id == reader.id, comment: one.comment)
  }

  /// All that stands, by what it is in.
  var texts: [(id: ItemId, text: String)] {
    said.filter { !$0.isTakenBack }.map { ($0.id, $0.comment.body) }
      + suggested.map { ($0.id, "\($0.suggestion.replacement)\n\($0.suggestion.why)") }
  }

  /// What a comment says, and who made it.
  func part(_ id: ItemId) -> TextPart? {
    said.first { $0.id == id }.map { TextPart(by: $0.by, text: $0.comment.body) }
  }

  func versions(_ place: CommentRef) throws(CoreError) -> [CommentVersion] {
    guard let one = said.first(where: { ref($0) == place }) else {
      throw .notFound(.comment, place.id.rawValue)
    }
    return one.versions
  }

  mutating func add(_ id: ItemId, by me: Person, _ comment: ProjectComment) {
    let version = CommentVersion(body: comment.body, at: comment.at)
    said.append(Said(id: id, by: me, comment: comment, versions: [version]))
  }

  /// The comment that is answered.
  func answered(_ place: CommentRef) throws(CoreError) -> ProjectComment {
    guard let one = said.first(where: { ref($0) == place }) else {
      throw .notFound(.comment, place.id.rawValue)
    }
    return one.comment
  }

  /// Changes a comment or a suggestion of this person's, or settles anybody's. To change, those of
  /// others are not theirs.
  mutating func change(_ edit: CommentEdit, by me: Person, at now: Date) throws(CoreError) {
    let id =
      switch edit {
      case .rewrite(let id, _), .resolve(let id, _), .takeBack(let id, _), .putBack(let id): id
      }
    if let place = suggested.firstIndex(where: { $0.id == id && $0.by.id == me.id }) {
      return try withdraw(place, edit, at: now)
    }
    let isMine = said.contains { $0.id == id && $0.by.id == me.id }
    var isSettling = false
    if case .resolve = edit { isSettling = true }
    guard let place = said.firstIndex(where: { $0.id == id }), isMine || isSettling else {
      throw .notFound(.comment, id.rawValue)
    }
    let old = said[place].comment
    switch edit {
    case .rewrite(_, let text):
      guard !text.isBlank else { throw .unfit(.comment, "it is empty") }
      try refuseLong(text)
      said[place].comment = old.with(body: text, editedAt: now)
      said[place].versions.append(CommentVersion(body: text, at: now))
    case .resolve(_, let at):
      settled[id] = Settled(by: me, at: at)
      if isMine { said[place].comment = old.with(resolvedAt: at) }
    case .takeBack: said[place].isTakenBack = true
    case .putBack: said[place].isTakenBack = false
    }
  }

  mutating func reopen(_ id: ItemId, by me: Person) throws(CoreError) {
    guard said.contains(where: { $0.id == id }) else { throw .notFound(.comment, id.rawValue) }
    settled[id] = Settled(by: me, at: nil)
  }

  // MARK: Threads

  /// Each comment that answers none, with the answers to it.
  func threads(
    for reader: Person, standing: (ProjectComment) -> AnchorStanding
  ) -> [ThreadView] {
    let roots = said.filter { $0.comment.answers == nil }
    return roots.compactMap { root in
      let answers = said.filter { self.root(of: $0)?.id == root.id && $0.id != root.id }
      guard !root.isTakenBack || !answers.isEmpty else { return nil }
      let open = settled[root.id].flatMap(\.at) == nil
      let last = (answers + [root]).filter { !$0.isTakenBack }
        .max { ($0.comment.at, $0.id.rawValue) < ($1.comment.at, $1.id.rawValue) }
      return ThreadView(
        place: ref(root), first: remark(root, reader),
        answers: answers.map { remark($0, reader) }, anchor: root.comment.anchor,
        quote: root.comment.span?.quote, standing: standing(root.comment),
        resolvedBy: open ? nil : settled[root.id]?.by, resolvedAt: settled[root.id].flatMap(\.at),
        waits: open && last.map { $0.by.id != reader.id } ?? false)
    }
  }

  private func root(of one: Said) -> Said? {
    guard let place = one.comment.answers else { return one }
    return said.first { ref($0) == place }.flatMap(root)
  }

  private func remark(_ one: Said, _ reader: Person) -> RemarkView {
    RemarkView(
      place: ref(one), by: one.by, mine: one.by.id == reader.id,
      body: one.isTakenBack ? "" : one.comment.body, at: one.comment.at,
      editedAt: one.comment.editedAt, deleted: one.isTakenBack)
  }

  private func ref(_ one: Said) -> CommentRef { ref(one.id, by: one.by) }

  func ref(_ id: ItemId, by person: Person) -> CommentRef {
    CommentRef(document: DocumentId(rawValue: "comments-\(person.id)-\(about)"), id: id)
  }

  // MARK: Suggestions

  mutating func suggest(_ id: ItemId, by me: Person, _ suggestion: Suggestion) {
    suggested.append(Suggested(id: id, by: me, suggestion: suggestion))
  }

  /// A suggestion about which nobody has decided.
  func open(_ place: CommentRef) throws(CoreError) -> Suggested {
    guard let one = suggested.first(where: { ref($0.id, by: $0.by) == place }) else {
      throw .notFound(.suggestion, place.id.rawValue)
    }
    switch one.state {
    case .open: return one
    case .accepted: throw .unfit(.edit, "this suggestion was accepted already")
    case .rejected: throw .unfit(.edit, "this suggestion was rejected already")
    case .withdrawn: throw .unfit(.edit, "its author took this suggestion back")
    }
  }

  mutating func decide(
    _ place: CommentRef, _ state: SuggestionState, by me: Person, at now: Date
  ) {
    for index in suggested.indices where suggested[index].id == place.id {
      (suggested[index].state, suggested[index].decidedBy) = (state, me)
      suggested[index].decidedAt = now
    }
  }

  private mutating func withdraw(
    _ place: Int, _ edit: CommentEdit, at now: Date
  ) throws(CoreError) {
    switch edit {
    case .takeBack:
      suggested[place].suggestion = suggested[place].suggestion.with(withdrawnAt: now)
      if suggested[place].state == .open { suggested[place].state = .withdrawn }
    case .putBack:
      suggested[place].suggestion = suggested[place].suggestion.with(withdrawnAt: nil)
      if suggested[place].state == .withdrawn { suggested[place].state = .open }
    default: throw .notFound(.comment, suggested[place].id.rawValue)
    }
  }

  /// What was decided, as a plan says it.
  var decisions: [SuggestionDecision] {
    suggested.compactMap { one in
      guard let at = one.decidedAt else { return nil }
      return SuggestionDecision(
        id: one.id, accepted: one.state == .accepted, document: ref(one.id, by: one.by).document,
        by: one.decidedBy?.id, at: at)
    }
  }

  // MARK: Nudges

  mutating func nudge(_ nudge: Nudge) {
    nudges.append(nudge)
  }

  mutating func sendNudges(of person: Person) {
    for index in nudges.indices where nudges[index].by == person { nudges[index].isSent = true }
  }
}

extension ProjectComment {
  func with(body: String? = nil, editedAt: Date? = nil, resolvedAt: Date? = nil) -> Self {
    ProjectComment(
      body: body ?? self.body, anchor: anchor, span: span, answers: answers, at: at,
      editedAt: editedAt ?? self.editedAt, resolvedAt: resolvedAt ?? self.resolvedAt)
  }
}

extension Suggestion {
  fileprivate func with(withdrawnAt: Date?) -> Suggestion {
    Suggestion(
      anchor: anchor, span: span, original: original, replacement: replacement, why: why, at: at,
      withdrawnAt: withdrawnAt)
  }
}
