/**
 * Software of the field as it is, in JVMs of its own, with AlmostTLS in first place and with the agent. That the work
 * was ours is read from the session logs of all JVMs in play.
 */
package org.almosttls.real;
