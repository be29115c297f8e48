import Observation

/// What one text field of a screen is bound to: everything between its letters and the document.
///
/// Type into ``text`` at any time. What is typed before the document could be read is kept, and
/// comes after what was there; what is typed afterwards is on the disk moments later and part of
/// the document after a pause, merged with what others wrote meanwhile. Their words appear in
/// ``text`` once everything typed here is part of the document, and ``selection`` stays at its
/// letters. In a plan the others see that this person is there; the screen of the plan says
/// ``MembersProtocol/stepOut()`` when it goes.
///
/// A screen runs ``show()`` for as long as the field is on it. What was typed is never given up,
/// though nobody shows the field any more: it is kept trying to save it.
@MainActor @Observable public final class TextFieldBinding {
  public nonisolated let id: DocumentId
  public nonisolated let field: DraftField

  /// What the field says. To set it is to type.
  public var text: String {
    get { shown }
    set { if newValue != shown { type(newValue) } }
  }

  /// Where the caret is, or what is selected, if the screen says; moved when words arrive.
  public var selection: TextRange?

  /// Whether ``text`` holds what the document says. It can be typed in before.
  public private(set) var isLoaded = false

  /// Why the newest text is not safe or not settled, or what the document says is not known. What
  /// was typed is kept in any case.
  public private(set) var failure: CoreError?

  private var shown = ""
  @ObservationIgnored private let core: any LearningCoreProtocol
  @ObservationIgnored private let pause: Duration?
  /// What takes the text; none before the document was read.
  @ObservationIgnored private var typing: Typing?
  @ObservationIgnored private var loading: Task<Void, Never>?
  @ObservationIgnored private var closing: Task<Void, Never>?
  @ObservationIgnored private var listening: [Task<Void, Never>] = []
  /// The text on which something was typed that nothing has taken yet.
  @ObservationIgnored private var untakenOn: String?
  /// The version that says what was shown when the field was closed last.
  @ObservationIgnored private var closedAt: Version?
  @ObservationIgnored private var screens = 0

  /// - Parameter pause: How long nothing must be typed before the text becomes part of the
  ///   document; the usual time if none is named.
  public init(
    _ core: any LearningCoreProtocol, id: DocumentId, field: DraftField, pause: Duration? = nil
  ) {
    (self.core, self.id, self.field, self.pause) = (core, id, field, pause)
  }

  /// Shows what the document says, and what comes. Goes on for as long as the field is on the
  /// screen: cancel it when it is not. What was typed is settled then.
  public func show() async {
    screens += 1
    load()
    enter()
    let forever = AsyncStream<Never> { _ in }
    for await _ in forever {}
    screens -= 1
    if screens == 0 { await close() }
  }

  /// Lets the others in a plan see where this person is. They write on if it cannot be told.
  private func enter() {
    guard let place = field.place else { return }
    Task { [core, id] in try? await core.enter(id, place: place) }
  }

  /// Makes what was typed part of the document: for when the person leaves the field, or the app
  /// leaves the screen. If that cannot be done ``failure`` says why, and it is tried again.
  public func settle() async {
    if untakenOn != nil { await load().value }
    do {
      try await typing?.settle()
    } catch {
      failure = CoreError(error)
    }
  }

  /// Settles and lets go of the document. What is typed after that takes it up again.
  public func close() async {
    if untakenOn != nil { await load().value }
    loading?.cancel()
    loading = nil
    guard let typing else { return await closing?.value ?? () }
    letGo()
    let done = Task {
      do {
        closedAt = try await typing.close()
        failure = nil
      } catch {
        (closedAt, failure) = (nil, CoreError(error))
      }
    }
    closing = done
    await done.value
  }

  private func letGo() {
    for task in listening { task.cancel() }
    (typing, isLoaded, listening) = (nil, false, [])
  }

  private func type(_ text: String) {
    let before = shown
    shown = text
    if let typing {
      if typing.typed(text) { return }
      // It was closed under this field, together with its core.
      letGo()
      loading = nil
    }
    if untakenOn == nil { untakenOn = before }
    load()
  }
}

// MARK: What the document says

extension TextFieldBinding {
  /// What was read of the field.
  private struct Reading: Equatable, Sendable {
    let text: String
    let base: Version
    let isDraft: Bool

    init(_ drafts: [DraftView], _ field: DraftField, _ version: Version, _ settled: String?) {
      let draft = drafts.first { $0.field == field }
      text = draft?.text ?? settled ?? ""
      base = draft?.base ?? version
      isDraft = draft != nil
    }
  }

  /// Reads the document, unless that is under way or done.
  @discardableResult private func load() -> Task<Void, Never> {
    if let loading { return loading }
    let task = Task { await read() }
    loading = task
    return task
  }

  private func read() async {
    await closing?.value
    while !Task.isCancelled {
      do {
        let readings = core.watch(.documents) { [core, id, field] in
          try await Self.read(core, id, field)
        }
        // The first one is there as soon as the core is open.
        for try await reading in readings {
          if !Task.isCancelled { begin(reading) }
          return
        }
      } catch {
        guard !Task.isCancelled else { return }
        failure = CoreError(error)
        let isWanted = untakenOn != nil || screens > 0
        guard isWanted, Self.mayPass(error) else { break }
        try? await Task.sleep(for: .seconds(1))
      }
    }
    // The next key tries again.
    if !Task.isCancelled { loading = nil }
  }

  private nonisolated static func read(
    _ core: any LearningCoreProtocol, _ id: DocumentId, _ field: DraftField
  ) async throws -> Reading {
    switch field {
    case .answer(let prompt):
      let view = try await core.reflection(id)
      return Reading(view.drafts, field, view.version, view.reflection.answers[prompt])
    case .section(let section):
      let view = try await core.project(id)
      return Reading(view.drafts, field, view.version, view.project.sections[section])
    case .item(let text):
      let view = try await core.project(id)
      return Reading(view.drafts, field, view.version, view.project.text(text))
    }
  }

  private static func mayPass(_ error: any Error) -> Bool {
    switch error {
    case CoreError.storage, CoreError.keyUnavailable, CoreError.unexpected: true
    default: false
    }
  }

  private func begin(_ reading: Reading) {
    failure = nil
    let typed = untakenOn == nil ? nil : shown
    let base = untakenOn.map { join(typedOn: $0, reading) } ?? reading.base
    if typed == nil { show(reading.text) }
    let typing = core.typing(id, field: field, base: base, pause: pause)
    if typed != nil {
      guard typing.typed(shown) else {
        (failure, loading) = (.closed, nil)
        return
      }
      untakenOn = nil
    }
    (self.typing, isLoaded) = (typing, true)
    listen(to: typing)
  }

  /// Brings together what was typed on a text and what was read, and says on which version it goes
  /// on.
  private func join(typedOn before: String, _ reading: Reading) -> Version {
    if before == reading.text || shown == reading.text { return reading.base }
    // The core merges it with what was written since.
    if let closedAt, !reading.isDraft { return closedAt }
    let typed = shown
    let isOnItsOwnLine = reading.text.isEmpty || reading.text.hasSuffix("\n")
    shown = reading.text + (isOnItsOwnLine ? "" : "\n") + typed
    let ahead = shown.unicodeScalars.count - typed.unicodeScalars.count
    selection = selection.map { TextRange(start: $0.start + ahead, end: $0.end + ahead) }
    return reading.base
  }

  private func listen(to typing: Typing) {
    let (failures, arrivals) = (typing.failures, typing.arrivals)
    listening = [
      Task { [weak self] in
        for await failure in failures { self?.failure = failure }
      },
      Task { [weak self] in
        for await _ in arrivals { self?.refresh() }
      },
    ]
  }

  private func refresh() {
    if let newer = typing?.refresh() { show(newer) }
  }

  private func show(_ text: String) {
    selection = selection?.moved(from: shown, to: text)
    shown = text
  }
}
