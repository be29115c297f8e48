extension LearningCore {
  @discardableResult
  public func commentAt(
    _ about: DocumentId, part: String, body: String, range: TextRange?, version: Version?
  ) throws -> ItemId {
    try ask {
      try $0.commentAt(about: about, part: part, body: body, range: range, version: version)
    }
  }

  public func checkBeforeSaying(_ about: DocumentId, words: [String]) throws -> SharingCheck {
    try ask { try $0.checkBeforeSaying(about: about, words: words) }
  }

  public func acknowledge(_ words: Sha256) throws {
    try ask { try $0.acknowledge(words: words) }
  }

  @discardableResult
  public func answerComment(
    _ about: DocumentId, to comment: CommentRef, body: String
  ) throws -> ItemId {
    try ask { try $0.answerComment(about: about, to: comment, body: body) }
  }

  public func rewriteComment(_ about: DocumentId, id: ItemId, body: String) throws {
    try ask { try $0.rewriteComment(about: about, id: id, body: body) }
  }

  public func deleteComment(_ about: DocumentId, id: ItemId) throws {
    try ask { try $0.deleteComment(about: about, id: id) }
  }

  public func putBackComment(_ about: DocumentId, id: ItemId) throws {
    try ask { try $0.putBackComment(about: about, id: id) }
  }

  public func resolveComment(_ about: DocumentId, id: ItemId) throws {
    try ask { try $0.resolveComment(about: about, id: id) }
  }

  public func reopenComment(_ about: DocumentId, id: ItemId) throws {
    try ask { try $0.reopenComment(about: about, id: id) }
  }

  public func threads(_ about: DocumentId) throws -> [ThreadView] {
    try ask { try $0.threads(about: about) }
  }

  public func commentVersions(_ place: CommentRef) throws -> [CommentVersion] {
    try ask { try $0.commentVersions(place: place) }
  }

  public func waitingAnswers(_ about: DocumentId) throws -> WaitingAnswers {
    try ask { try $0.waitingAnswers(about: about) }
  }

  public func takenBackComments(_ about: DocumentId) throws -> [CommentView] {
    try ask { try $0.takenBackComments(project: about) }
  }

  @discardableResult
  public func suggest(
    _ project: DocumentId, part: String, range: TextRange, replacement: String, why: String,
    version: Version?
  ) throws -> ItemId {
    try typings.settle(project)
    return try ask {
      try $0.suggest(
        project: project, part: part, range: range, replacement: replacement, why: why,
        version: version)
    }
  }

  public func suggestions(_ project: DocumentId) throws -> [SuggestionView] {
    try ask { try $0.suggestions(project: project) }
  }

  @discardableResult
  public func acceptSuggestion(
    _ project: DocumentId, _ place: CommentRef, anyway: Bool
  ) throws -> Version {
    try ask { try $0.acceptSuggestion(project: project, place: place, anyway: anyway) }
  }

  @discardableResult
  public func rejectSuggestion(_ project: DocumentId, _ place: CommentRef) throws -> Version {
    try ask { try $0.rejectSuggestion(project: project, place: place) }
  }
}

extension TextRange {
  /// These characters of a text, counted as the core counts them: in Unicode code points.
  public init(_ range: Range<String.Index>, in text: String) {
    let letters = text.unicodeScalars
    self.init(
      start: letters.distance(from: letters.startIndex, to: range.lowerBound),
      end: letters.distance(from: letters.startIndex, to: range.upperBound))
  }

  /// Where they are in a text; nil if it is shorter than that.
  public func range(in text: String) -> Range<String.Index>? {
    let letters = text.unicodeScalars
    guard self.start >= 0, self.end >= self.start,
      let start = letters.index(
        letters.startIndex, offsetBy: start, limitedBy: letters.endIndex),
      let end = letters.index(letters.startIndex, offsetBy: end, limitedBy: letters.endIndex)
    else { return nil }
    return start..<end
  }
}
