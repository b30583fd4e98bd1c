/**
 * How certificates are compressed (RFC 8879), and what stops a peer that would have them grow without end: zlib, which
 * is the platform's, and brotli and zstd of libraries that are on the class path. May use {@code registry} and
 * {@code alert}.
 */
package org.almosttls.compression;
