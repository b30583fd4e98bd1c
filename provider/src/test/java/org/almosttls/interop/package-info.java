/**
 * Behaviour that any two stacks must show each other: one abstract suite per face, and a subclass for each pair of
 * stacks.
 */
package org.almosttls.interop;
