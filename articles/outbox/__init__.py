"""Work that is done soon after a request, and what the clock brings: by ``manage.py work``, outside any request.

A concept defines its tasks in a module of its own. A task takes keys, as whole numbers, and looks up the rest itself;
it bears being run twice, for a worker that dies at the wrong moment leaves its task to be run again::

    # articles/corrections/mail.py
    from articles.outbox.tasks import task

    @task(queue="mails", limit=timedelta(seconds=30), attempts=14)
    def mail_report(pk: int) -> None:
        report = Report.objects.filter(pk=pk).first()
        if report: ...

and queues them in the transaction that makes them needed. If that is rolled back, there is no task either::

    with transaction.atomic():
        report.save()
        mail_report.enqueue(report.pk)

A task that raises is run again after 15 seconds, 30 seconds, one minute, … (see ``tasks.delay_after``), until it has
been attempted ``attempts`` times; then it stands in the admin's list of failed tasks until somebody has it run again.
One that takes longer than ``limit`` is killed, which counts as an attempt that failed. The queue "mails" is for what
has to happen within seconds and takes no more; anything else goes to "default".

What the clock brings is a task without arguments in the table of ``articles/management/duties.py``::

    Duty(every=timedelta(minutes=1), task=ask_feeds)

A duty that fails is attempted again, for ever. Tests call a task's function as ``mail_report.call(report.pk)``, or run
whatever is due, in their own process and transaction, with ``articles.outbox.worker.run_due()``.
"""
