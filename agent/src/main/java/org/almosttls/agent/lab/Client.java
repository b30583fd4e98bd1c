package org.almosttls.agent.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Bob's application: sends orders, one record each, says that there are no more, and reads the answer to its end. */
record Client(SSLContext tls, boolean checksName) {

    static final List<String> ORDERS = List.of("Pay 1 euro to Carol\n", "Pay 2 euro to Dave\n", "Pay 3 euro to Erin\n");

    Heard order(int port, List<String> orders) throws IOException {
        var transport = Loopback.connect(port);
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket(transport, "localhost", port, true)) {
            var parameters = socket.getSSLParameters();
            // No "HTTPS": these are no pages, and what is known for HTTP is never compressed.
            parameters.setEndpointIdentificationAlgorithm(checksName ? "LDAPS" : "");
            socket.setSSLParameters(parameters);
            var out = socket.getOutputStream();
            for (String order : orders) out.write(order.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return Heard.from(socket.getInputStream());
        } catch (IOException e) {
            return Heard.nothing(e);
        }
    }
}
