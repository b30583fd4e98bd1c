package org.almosttls.handshake;

import java.util.List;
import java.util.stream.Stream;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;

/** Messages to be sent together, and the transcript as it is with them. */
public record Flight(List<EncodedMessage> messages, Transcript transcript) {

    public static Flight after(Transcript seen) {
        return new Flight(List.of(), seen);
    }

    public Flight plus(HandshakeMessage message) {
        var encoded = EncodedMessage.of(message);
        return new Flight(
                Stream.concat(messages.stream(), Stream.of(encoded)).toList(), transcript.plus(encoded.bytes()));
    }

    public Transition sentBy(Transition transition) {
        messages.forEach(transition::send);
        return transition;
    }
}
