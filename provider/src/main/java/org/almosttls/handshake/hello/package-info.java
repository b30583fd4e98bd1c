/**
 * From nothing to an agreed version. The only place that chooses a version.
 * May use the families and what they may use.
 */
package org.almosttls.handshake.hello;
