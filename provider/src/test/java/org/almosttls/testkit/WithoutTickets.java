package org.almosttls.testkit;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Contexts whose sessions go by id, since the platform's properties say so. */
public final class WithoutTickets {

    private static final List<String> PROPERTIES =
            List.of("jdk.tls.client.enableSessionTicketExtension", "jdk.tls.server.enableSessionTicketExtension");

    private WithoutTickets() {}

    public static SSLContext made(Supplier<SSLContext> maker) {
        PROPERTIES.forEach(each -> System.setProperty(each, "false"));
        try {
            return maker.get();
        } finally {
            PROPERTIES.forEach(System::clearProperty);
        }
    }
}
