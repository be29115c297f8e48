package org.enhance.core

/** Its place in the list: where the next page goes on, even if it is changed or deleted meanwhile. */
public val DocumentSummary.position: ListPosition
    get() = ListPosition(updatedAt, id)
