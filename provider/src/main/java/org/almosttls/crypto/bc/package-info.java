/**
 * Elliptic-curve primitives from Bouncy Castle's lightweight API, which does them several times faster than the JDK.
 * Beside {@code ocsp} the only room that imports {@code org.bouncycastle}; its JCA provider is never used.
 * May use {@code crypto}, {@code registry} and {@code alert}.
 */
package org.almosttls.crypto.bc;
