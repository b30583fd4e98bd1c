/**
 * Engines under schedules that chance makes: one seed decides who the two ends are, what they agree on, how the network
 * cuts what they say, in which buffers and in which order they are called. Whatever comes of it has to be what the
 * documentation of {@code SSLEngine} says. Uses engines as applications do, the testkit, and what is only on request.
 */
package org.almosttls.schedules;
