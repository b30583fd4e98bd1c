/**
 * The listeners: what becomes of the event stream outside of the connection, first of all one line per session.
 * An event is taken note of where it happens, quickly; what costs time, and all writing, is a thread's of this room.
 * May use {@code event}, {@code config}, {@code message}, {@code extension}, {@code compression}, {@code crypto}, {@code registry}
 * and {@code alert}.
 */
package org.almosttls.trace;
