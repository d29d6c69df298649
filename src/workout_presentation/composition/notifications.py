"""Notifications, wired."""

from typing import Any, Final

from dependency_injector import containers, providers

from workout_application.messaging.jobs import JobType
from workout_application.notifications.commands.delete_notification import (
    DeleteNotification,
    DeleteNotificationHandler,
)
from workout_application.notifications.commands.read_all_notifications import (
    ReadAllNotifications,
    ReadAllNotificationsHandler,
)
from workout_application.notifications.commands.read_notification import (
    ReadNotification,
    ReadNotificationHandler,
)
from workout_application.notifications.commands.send_notification import (
    SendNotification,
    SendNotificationHandler,
)
from workout_application.notifications.commands.send_progress_update import (
    SendProgressUpdate,
    SendProgressUpdateHandler,
)
from workout_application.notifications.commands.send_workout_reminder import (
    SendWorkoutReminder,
    SendWorkoutReminderHandler,
)
from workout_application.notifications.queries.count_unread_notifications import (
    CountUnreadNotifications,
    CountUnreadNotificationsHandler,
)
from workout_application.notifications.queries.list_notifications import (
    ListNotifications,
    ListNotificationsHandler,
)
from workout_application.notifications.reactions.when_invitation_accepted_notify_trainer import (
    WhenInvitationAcceptedNotifyTrainer,
)
from workout_application.notifications.reactions.when_invitation_declined_notify_trainer import (
    WhenInvitationDeclinedNotifyTrainer,
)
from workout_application.notifications.reactions.when_note_shared_notify_athlete import (
    WhenNoteSharedNotifyAthlete,
)
from workout_application.notifications.reactions.when_relation_changes_notify_other_side import (
    WhenRelationChangesNotifyOtherSide,
)
from workout_application.notifications.reactions.when_session_completes_notify_trainer import (
    WhenSessionCompletesNotifyTrainer,
)
from workout_application.notifications.reactions.when_session_starts_notify_trainer import (
    WhenSessionStartsNotifyTrainer,
)
from workout_application.notifications.reactions.when_transfer_accepted_notify_trainers import (
    WhenTransferAcceptedNotifyTrainers,
)
from workout_application.notifications.reactions.when_transfer_declined_notify_trainer import (
    WhenTransferDeclinedNotifyTrainer,
)
from workout_application.notifications.reactions.when_transfer_proposed_notify_both import (
    WhenTransferProposedNotifyBoth,
)
from workout_application.notifications.reactions.when_user_deleted_empty_inbox import (
    WhenUserDeletedEmptyInbox,
)
from workout_application.notifications.reactions.when_workout_assigned_notify_athlete import (
    WhenWorkoutAssignedNotifyAthlete,
)
from workout_application.notifications.reactions.when_workout_changes_arrange_reminder import (
    REMINDER,
    WhenWorkoutChangesArrangeReminder,
)
from workout_application.notifications.service import NotificationService
from workout_infrastructure.persistence.notifications.notifications import (
    SqlInboxes,
    SqlNotificationReader,
    SqlNotificationRepository,
)
from workout_infrastructure.persistence.notifications.recipients import (
    SqlPlannedWorkouts,
    SqlProgress,
    SqlRecipients,
)

JOBS: Final = [
    JobType(
        name=REMINDER,
        command=SendWorkoutReminder,
        queue="critical",
        timeout_seconds=15,
        frees_key=True,
    )
]


class NotificationsContainer(containers.DeclarativeContainer):
    """One line per handler, one per reaction."""

    work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    announcements: providers.Dependency[Any] = providers.Dependency()
    background: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()

    notifications = providers.Singleton(SqlNotificationRepository, work)
    recipients = providers.Singleton(SqlRecipients, work)
    planned = providers.Singleton(SqlPlannedWorkouts, work)
    reader = providers.Singleton(SqlNotificationReader, pool)
    service = providers.Singleton(
        NotificationService,
        notifications,
        recipients,
        planned,
        announcements,
        identifiers,
        clock,
    )

    handlers = providers.Dict(
        {
            SendNotification: providers.Singleton(SendNotificationHandler, service),
            SendWorkoutReminder: providers.Singleton(SendWorkoutReminderHandler, service),
            SendProgressUpdate: providers.Singleton(SendProgressUpdateHandler, service),
            ReadNotification: providers.Singleton(ReadNotificationHandler, notifications, clock),
            ReadAllNotifications: providers.Singleton(
                ReadAllNotificationsHandler, notifications, clock
            ),
            DeleteNotification: providers.Singleton(
                DeleteNotificationHandler, notifications, clock
            ),
            ListNotifications: providers.Singleton(ListNotificationsHandler, reader),
            CountUnreadNotifications: providers.Singleton(CountUnreadNotificationsHandler, reader),
        }
    )

    reactions = providers.List(
        providers.Singleton(WhenWorkoutAssignedNotifyAthlete, service, recipients),
        providers.Singleton(WhenWorkoutChangesArrangeReminder, planned, background, clock),
        providers.Singleton(WhenSessionStartsNotifyTrainer, service),
        providers.Singleton(
            WhenSessionCompletesNotifyTrainer, service, providers.Singleton(SqlProgress, work)
        ),
        providers.Singleton(WhenInvitationAcceptedNotifyTrainer, service, recipients),
        providers.Singleton(WhenInvitationDeclinedNotifyTrainer, service),
        providers.Singleton(WhenRelationChangesNotifyOtherSide, service, recipients),
        providers.Singleton(WhenTransferProposedNotifyBoth, service, recipients),
        providers.Singleton(WhenTransferAcceptedNotifyTrainers, service, recipients),
        providers.Singleton(WhenTransferDeclinedNotifyTrainer, service, recipients),
        providers.Singleton(WhenNoteSharedNotifyAthlete, service, recipients),
        providers.Singleton(WhenUserDeletedEmptyInbox, providers.Singleton(SqlInboxes, work)),
    )
