/**
 * AlmostTLS as the platform sees it: a {@code java.security.Provider}.
 * It puts the rooms together and holds nothing else.
 * May use {@code jsse}, {@code trace}, {@code config}, {@code crypto.jca} and {@code crypto.bc}.
 */
package org.almosttls;
