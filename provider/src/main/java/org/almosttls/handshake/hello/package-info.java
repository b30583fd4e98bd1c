/**
 * From nothing to an agreed version: what a client offers, how a server answers, and which family goes on from there.
 * The only place that chooses a version; to add one, add its family to both ends here.
 * May use the families of handshakes and all that they may use.
 */
package org.almosttls.handshake.hello;
