package org.almosttls.handshake.tls13.server;

import org.almosttls.handshake.Completion;
import org.almosttls.message.EncodedMessage;

/** RFC 8446 §4.1.4: the server asks for another hello, with a key share in the group it has chosen. */
record RetryRequest(EncodedMessage message, Selection selection) implements Completion {}
