package org.enhance.core

/** Which error it is: a code that never changes its meaning. `core/client/ERRORS.md` lists all. */
public val CoreException.code: String
    get() = when (this) {
        is CoreException.Offline -> code
        is CoreException.SignInNeeded -> code
        is CoreException.KeyUnavailable -> code
        is CoreException.Storage -> code
        is CoreException.Suspended -> code
        is CoreException.SignedOut -> code
        is CoreException.Unsent -> code
        is CoreException.RecoveryKeyNeeded -> code
        is CoreException.NotAllowed -> code
        is CoreException.NotFound -> code
        is CoreException.Gone -> code
        is CoreException.InvalidInput -> code
        is CoreException.TooLarge -> code
        is CoreException.Refused -> code
        is CoreException.Cancelled -> code
        is CoreException.Unexpected -> code
    }

/** Why the core did not do what it was asked, in plain words for the person. */
public val CoreException.reason: String
    get() = when (this) {
        is CoreException.Offline -> reason
        is CoreException.SignInNeeded -> reason
        is CoreException.KeyUnavailable -> reason
        is CoreException.Storage -> reason
        is CoreException.Suspended -> reason
        is CoreException.SignedOut -> reason
        is CoreException.Unsent -> reason
        is CoreException.RecoveryKeyNeeded -> reason
        is CoreException.NotAllowed -> reason
        is CoreException.NotFound -> reason
        is CoreException.Gone -> reason
        is CoreException.InvalidInput -> reason
        is CoreException.TooLarge -> reason
        is CoreException.Refused -> reason
        is CoreException.Cancelled -> reason
        is CoreException.Unexpected -> reason
    }
