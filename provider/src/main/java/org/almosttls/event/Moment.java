package org.almosttls.event;

import java.time.Instant;

/** When and where an event happened. {@code nanoTime} is for durations only. */
public record Moment(ConnectionId connection, Instant time, long nanoTime) {}
