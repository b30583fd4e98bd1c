package ordinary.boot;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** A site in the Tomcat that Spring Boot brings, with {@code server.ssl} or in plaintext; or, told to {@code visit}, its client. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BootSite {

    public static void main(String... args) {
        if (args.length == 2 && args[0].equals("visit")) System.out.println(BootVisit.to(args[1]));
        else SpringApplication.run(BootSite.class, args);
    }

    @Bean
    HttpServlet greeting() {
        return new Greeting();
    }

    @EventListener
    void open(WebServerInitializedEvent opened) {
        System.out.println("listening on " + opened.getWebServer().getPort());
    }

    private static final class Greeting extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var shown = (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
            String who = shown == null
                    ? "stranger"
                    : shown[0].getSubjectX500Principal().getName();
            response.getWriter().write("hello " + who);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        }
    }
}
