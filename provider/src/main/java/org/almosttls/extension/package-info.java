/**
 * The hello extensions, one record each, with its two directions; what is not known here survives as it came.
 * A list of extensions keeps its order and its duplicates, because the order is part of a fingerprint and a
 * duplicate is a violation that a state must see.
 * May use {@code wire}, {@code registry} and {@code alert}.
 */
package org.almosttls.extension;
