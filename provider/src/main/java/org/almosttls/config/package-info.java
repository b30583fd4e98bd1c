/**
 * What the caller wants of a connection and what it lends: preferences, judges of certificates, credentials, sessions,
 * clock.
 * Nothing in the rooms below the face reaches for any of these by itself.
 * May use {@code registry}, {@code crypto} and {@code alert}.
 */
package org.almosttls.config;
