/**
 * Key stores in files: read when they are first needed, and again when their files change. What is made of one goes on
 * unchanged while its file cannot be used.
 * May use {@code config}.
 */
package org.almosttls.store;
