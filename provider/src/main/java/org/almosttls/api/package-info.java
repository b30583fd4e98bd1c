/**
 * What this provider's objects can do beyond JSSE, for applications to cast them to.
 * An interface here speaks the platform's types only, as JSSE does.
 * May use nothing.
 */
package org.almosttls.api;
