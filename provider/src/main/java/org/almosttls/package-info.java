/**
 * AlmostTLS as the platform sees it: a {@code java.security.Provider}.
 * It puts the rooms together and holds nothing else.
 * May use {@code jsse}, {@code trace}, {@code ocsp}, {@code event}, {@code store}, {@code ticket}, {@code config}, {@code crypto.choice} and
 * {@code crypto}.
 */
package org.almosttls;
