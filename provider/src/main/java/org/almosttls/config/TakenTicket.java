package org.almosttls.config;

/**
 * A ticket that came back to its server (RFC 5077 §3.1). Owns the secret of its session.
 *
 * @param isOutdated whether the client had better get another, since the key of this one is on its way out
 */
public record TakenTicket(ResumableSession session, boolean isOutdated) {}
