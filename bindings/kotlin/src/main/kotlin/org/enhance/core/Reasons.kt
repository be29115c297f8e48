package org.enhance.core

/** Why the core did not do what it was asked, in plain words for the person. */
public val CoreException.reason: String
    get() = when (this) {
        is CoreException.Offline -> reason
        is CoreException.SignInNeeded -> reason
        is CoreException.StorageFull -> reason
        is CoreException.InUse -> reason
        is CoreException.WrongKey -> reason
        is CoreException.KeyNotYet -> reason
        is CoreException.KeyMissing -> reason
        is CoreException.KeyInvalidated -> reason
        is CoreException.KeyNotKept -> reason
        is CoreException.Suspended -> reason
        is CoreException.Damaged -> reason
        is CoreException.NewerSchema -> reason
        is CoreException.NotEnrolled -> reason
        is CoreException.AlreadyEnrolled -> reason
        is CoreException.RecoveryKeyNeeded -> reason
        is CoreException.NotAllowed -> reason
        is CoreException.NotFound -> reason
        is CoreException.InvalidInput -> reason
        is CoreException.TooLarge -> reason
        is CoreException.Refused -> reason
        is CoreException.Cancelled -> reason
        is CoreException.Internal -> reason
    }
