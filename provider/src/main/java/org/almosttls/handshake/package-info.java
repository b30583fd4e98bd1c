/**
 * The contract between a connection and the states of a handshake: what a state receives, and what it wants done.
 * A state touches no connection; it returns the next state and the actions, or throws, and then nothing has happened.
 * May use the rooms below it: {@code event}, {@code config}, {@code keyschedule}, {@code record}, {@code message},
 * {@code extension}, {@code crypto}, {@code registry} and {@code alert}.
 */
package org.almosttls.handshake;
