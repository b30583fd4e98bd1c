/**
 * That what goes wrong is told to the peer: over sockets whose other end is a peer on a plain socket, who commits every
 * misdeed there is. May use all rooms, and the testkit.
 */
package org.almosttls.delivery;
